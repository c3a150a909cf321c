/** What people read who follow a confirmation link. */
import { html } from 'hono/html';
import type { Client } from '../core/model/client.ts';
import type { ConfirmationRequest } from './confirmation-request.ts';
import type { Markup, Page } from './page.ts';

/** Confirms nothing yet: programs that look at mail open what it links to, and press nothing. */
export const askPage = (request: ConfirmationRequest): Page => ({
  status: 200,
  title: 'Confirm your registration',
  main: html`
      <p>Press the button to confirm that this email address is yours.</p>
      ${form(request, 'Confirm')}
      <p>If you did not register, close this page. Nothing happens then.</p>`,
});

export const confirmedPage = (client: Client): Page => ({
  status: 200,
  title: 'Your registration is confirmed',
  main: html`
      <p>You can sign in now.</p>
      ${wayBack(client)}`,
});

/** The same words whatever is wrong, so that nobody learns who has registered. */
export const refusedPage: Page = {
  status: 400,
  title: 'This link does not work',
  main: html`
      <p>It may be too old, or a newer one has taken its place. Where you registered, you can ask for another one.</p>`,
};

/** In the words of a function of the pool, or of the API about that function. */
export const failedPage = (message: string): Page => ({
  status: 400,
  title: 'Something went wrong',
  main: html`
      <p>${message}</p>`,
});

export const laterPage = (status: number, request: ConfirmationRequest): Page => ({
  status,
  title: 'Please try again',
  main: html`
      <p>This did not work just now. Wait a moment, and press the button again.</p>
      ${form(request, 'Try again')}`,
});

export const wrongMethodPage: Page = {
  status: 405,
  title: 'This link does not work',
  main: html`
      <p>Open it in a browser.</p>`,
};

/** To this very path, without the query: what is sent stands in no address. */
const form = (
  { clientId, name, code }: ConfirmationRequest,
  label: string,
): Markup => html`<form method="post" action="?">
        <input type="hidden" name="client_id" value="${clientId}">
        <input type="hidden" name="user_name" value="${name}">
        <input type="hidden" name="confirmation_code" value="${code}">
        <button>${label}</button>
      </form>`;

/** To where the application stands: at the address that takes its codes, nobody is expected without one. */
function wayBack({ settings }: Client): Markup | string {
  const address = [settings.DefaultRedirectURI, ...(settings.CallbackURLs ?? [])].find(isWebAddress);
  const origin = URL.parse(address ?? '')?.origin;
  return origin === undefined
    ? ''
    : html`<p><a href="${origin}/" rel="noreferrer">Go to ${URL.parse(origin)?.host}</a></p>`;
}

const isWebAddress = (address: string | undefined): boolean => /^https?:\/\//i.test(address ?? '');
