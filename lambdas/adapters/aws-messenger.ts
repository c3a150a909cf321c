/** How messages leave on AWS: e-mail through SES, texts through SNS, and whatever is not set up into the outbox. */
import type { Message, Messenger } from '../core/ports/messenger.ts';
import type { TextBudget } from '../core/ports/text-budget.ts';
import { eumsTexter } from './eums/eums-texter.ts';
import { sesMessenger } from './ses/ses-messenger.ts';
import { snsTexter } from './sns/sns-texter.ts';
import type { TexterOptions } from './text-messages.ts';

export interface AwsMessages {
  /** Absent: no e-mail leaves, not even that of pools with an identity of their own. */
  readonly mailFrom?: string | undefined;
  readonly sms: 'sns' | 'outbox';
  /** The account that the functions run in. */
  readonly account: string;
  /** Where this is; given, texts are sent with the role that their pool names, through the service it is meant for. */
  readonly rolesIn?: string | undefined;
  readonly outbox: Messenger;
  readonly budget: TextBudget;
}

/** Clients are made, and their code is loaded, when there is something to send. */
export function awsMessenger({ mailFrom, sms, account, outbox, ...texts }: AwsMessages): Messenger {
  const channels = {
    EMAIL: mailFrom === undefined ? outbox : sesMessenger({ mailFrom, account }),
    SMS: sms === 'sns' ? texter(texts) : outbox,
  };
  return { send: (message) => channels[message.channel].send(message) };
}

/** The function itself may ask SNS alone. */
function texter(options: TexterOptions): Messenger {
  const sns = snsTexter(options);
  if (options.rolesIn === undefined) return sns;
  const eums = eumsTexter(options);
  return { send: (message) => (isForEums(message) ? eums : sns).send(message) };
}

const isForEums = (message: Message): boolean => message.channel === 'SMS' && message.sender?.service === 'EUMS';
