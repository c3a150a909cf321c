/** Asks the pool's function for the words of a message, before it is written. */
import { customMessageTooLong } from '../contract/errors.ts';
import type { Ports } from '../ports/index.ts';
import { textIn } from './answer-members.ts';
import { metadataMember } from './event.ts';
import { invoke, type TriggerAnswer } from './invoke.ts';
import { type Addressed, attributesOfAddressee, partiesOf } from './message-event.ts';
import { functionAt } from './trigger-points.ts';

/** Templates in the function's words; what is absent stays as the pool has it. */
export interface OwnWords {
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
  readonly sms?: string | undefined;
}

/** Nothing where the pool has no function for it. */
export async function askForWords({ triggers }: Pick<Ports, 'triggers'>, message: Addressed): Promise<OwnWords> {
  const { pool, kind, delivery, clientMetadata } = message;
  if (!functionAt(pool, 'CustomMessage')) return {};
  const request = {
    userAttributes: attributesOfAddressee(message),
    codeParameter: '{####}',
    linkParameter: '{##Click Here##}',
    usernameParameter: kind === 'AdminCreateUser' ? '{username}' : null,
    ...metadataMember(clientMetadata),
  };
  const response = { smsMessage: null, emailMessage: null, emailSubject: null };
  const event = { source: `CustomMessage_${kind}`, request, response };
  // Without the clients: what the message is about is written by now, and is not to be begun again for a newer pool.
  const answer = await invoke({ triggers }, 'CustomMessage', partiesOf(message), event);
  return answer ? wordsFor(delivery.medium, answer) : {};
}

/** In characters. What is said for the other medium may be as long as it likes. */
const longest = { smsMessage: 140, emailMessage: 20_000, emailSubject: 140 } as const;

type Member = keyof typeof longest;

function wordsFor(medium: Addressed['delivery']['medium'], answer: TriggerAnswer): OwnWords {
  const sms = textIn(answer, 'smsMessage');
  const body = textIn(answer, 'emailMessage');
  const subject = textIn(answer, 'emailSubject');
  if (medium === 'SMS') return { sms: fitting('smsMessage', sms) };
  return { body: fitting('emailMessage', body), subject: fitting('emailSubject', subject) };
}

/** An empty text says as little as none. */
function fitting(member: Member, text: string | undefined): string | undefined {
  const most = longest[member];
  if (text !== undefined && text.length > most) throw customMessageTooLong(member, most);
  return text || undefined;
}
