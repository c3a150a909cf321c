/** Sends text messages through SNS. */
import type { MessageAttributeValue, PublishCommandInput } from '@aws-sdk/client-sns';
import { DeliveryFailed, type Messenger, type TextMessage, type TextSender } from '../../core/ports/messenger.ts';
import type { TextBudget } from '../../core/ports/text-budget.ts';
import { inRegions, notTaken, patience } from '../message-services.ts';

export function snsTexter({ budget }: { readonly budget: TextBudget }): Messenger {
  const publisherIn = inRegions(connect);
  return {
    async send(message) {
      if (message.channel !== 'SMS') throw new DeliveryFailed('SNS sends no e-mail.');
      const input = inputOf(message);
      const publish = await publisherIn(message.sender?.region);
      if ((await budget.take(message)) === 'spent') {
        throw new DeliveryFailed('Too many text messages went to this number, or from this pool, within an hour.');
      }
      await publish(input).catch(notTaken('SNS'));
    },
  };
}

/** Loaded with the first message. */
async function connect(region: { readonly region?: string }) {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient({ ...patience, ...region });
  return (input: PublishCommandInput) => client.send(new PublishCommand(input));
}

const inputOf = ({ to, text, sender = {} }: TextMessage): PublishCommandInput => ({
  PhoneNumber: requireNumber(to),
  Message: text,
  MessageAttributes: Object.fromEntries(
    attributesOf(sender).map(([name, value]): [string, MessageAttributeValue] => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  ),
});

/** E.164, where no country begins with a zero. */
const number = /^\+[1-9]\d{1,14}$/;

function requireNumber(to: string): string {
  if (!number.test(to)) throw new DeliveryFailed('The text message is not addressed to a telephone number.');
  return to;
}

function attributesOf({ origination, entityId, templateId }: TextSender): readonly (readonly [string, string])[] {
  const asked: readonly (readonly [string, string | undefined])[] = [
    ['AWS.SNS.SMS.SMSType', 'Transactional'],
    originationOf(origination),
    ['AWS.MM.SMS.EntityId', entityId],
    ['AWS.MM.SMS.TemplateId', templateId],
  ];
  return asked.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

/** SNS knows numbers and names; an origination identity that is an ARN or an id is none of them. */
function originationOf(origination = ''): readonly [string, string | undefined] {
  if (/^\+?\d{3,15}$/.test(origination)) return ['AWS.MM.SMS.OriginationNumber', origination];
  const isName = /^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/.test(origination);
  return ['AWS.SNS.SMS.SenderID', isName ? origination : undefined];
}
