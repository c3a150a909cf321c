/** Puts the words of the pool's function in place of a template, where they hold what the message is sent for. */
import type { Ports } from '../ports/index.ts';
import { askForWords } from '../triggers/custom-message.ts';
import type { Addressed } from '../triggers/message-event.ts';
import type { Wording } from './wording.ts';

export async function customised(
  ports: Pick<Ports, 'triggers' | 'notices'>,
  message: Addressed,
  wording: Wording,
): Promise<Wording> {
  const { subject, body, sms } = await askForWords(ports, message);
  const whole = (member: string, text: string | undefined): string | undefined => {
    const missing = text === undefined ? undefined : missingIn(text, message, wording);
    if (missing === undefined) return text;
    ports.notices.add(`CustomMessage answered an ${member} without ${missing}: the template of the pool was used`);
    return undefined;
  };
  const { mail } = wording;
  return {
    ...wording,
    mail: { subject: subject ?? mail.subject, body: whole('emailMessage', body) ?? mail.body },
    sms: whole('smsMessage', sms) ?? wording.sms,
  };
}

/** Without its code a message is of no use, and without the name nobody knows what they were invited as. */
function missingIn(text: string, { delivery }: Addressed, { values }: Wording): string | undefined {
  if (values['{username}'] !== undefined && !text.includes('{username}')) return '{username}';
  // Somebody who has no password is invited without one.
  if (!values['{####}'] || text.includes('{####}')) return undefined;
  return delivery.medium === 'EMAIL' && values.link !== undefined && hasLink(text) ? undefined : '{####}';
}

/** Such as `{##Click Here##}`. */
function hasLink(text: string): boolean {
  const begin = text.indexOf('{##');
  return begin >= 0 && text.indexOf('##}', begin + '{##'.length + 1) > 0;
}
