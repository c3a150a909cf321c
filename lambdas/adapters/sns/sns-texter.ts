/** Sends text messages through SNS. */
import type { MessageAttributeValue, PublishCommandInput } from '@aws-sdk/client-sns';
import { DeliveryFailed, type Messenger, type TextMessage, type TextSender } from '../../core/ports/messenger.ts';
import { notTaken } from '../message-services.ts';
import { fromPlaces, type PlaceOptions, requireBudget, requireNumber, type TexterOptions } from '../text-messages.ts';

export function snsTexter(options: TexterOptions): Messenger {
  const publisherAt = fromPlaces(options, 'sns:Publish', connect);
  return {
    async send(message) {
      if (message.channel !== 'SMS') throw new DeliveryFailed('SNS sends no e-mail.');
      const input = inputOf(message);
      const publish = await publisherAt(message.sender);
      await requireBudget(options, message);
      await publish(input).catch(notTaken('SNS'));
    },
  };
}

/** Loaded with the first message. */
async function connect(options: PlaceOptions) {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient(options);
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
