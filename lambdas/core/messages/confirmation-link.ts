/** The link that confirms a registration, in place of a code that is typed in. */

export interface LinkedRegistration {
  readonly clientId: string;
  readonly username: string;
  readonly code: string;
}

/** To a page of this deployment, which confirms nothing before somebody presses its button. */
export function confirmationLink(pages: string, { clientId, username, code }: LinkedRegistration): string {
  const parameters = { client_id: clientId, user_name: username, confirmation_code: code };
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${pages}/confirmUser?${query.join('&')}`;
}
