/** How messages leave on AWS: e-mail through SES, texts through SNS, and whatever is not set up into the outbox. */
import type { Messenger } from '../core/ports/messenger.ts';
import type { TextBudget } from '../core/ports/text-budget.ts';
import { sesMessenger } from './ses/ses-messenger.ts';
import { snsTexter } from './sns/sns-texter.ts';

export interface AwsMessages {
  /** Absent: no e-mail leaves, not even that of pools with an identity of their own. */
  readonly mailFrom?: string | undefined;
  readonly sms: 'sns' | 'outbox';
  /** The account that the functions run in. */
  readonly account: string;
  readonly outbox: Messenger;
  readonly budget: TextBudget;
}

/** Clients are made, and their code is loaded, when there is something to send. */
export function awsMessenger({ mailFrom, sms, account, outbox, budget }: AwsMessages): Messenger {
  const channels = {
    EMAIL: mailFrom === undefined ? outbox : sesMessenger({ mailFrom, account }),
    SMS: sms === 'sns' ? snsTexter({ budget }) : outbox,
  };
  return { send: (message) => channels[message.channel].send(message) };
}
