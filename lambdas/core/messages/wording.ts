/** The same message in the words of either medium. */
import type { Values } from './rendering.ts';
import type { MailTemplate } from './templates.ts';

export interface Wording {
  readonly mail: MailTemplate;
  readonly sms: string;
  readonly values: Values;
}
