/** Sends text messages through End User Messaging. */
import type { SendTextMessageCommandInput } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { DeliveryFailed, type Messenger, type TextMessage, type TextSender } from '../../core/ports/messenger.ts';
import { notTaken } from '../message-services.ts';
import { fromPlaces, type PlaceOptions, requireBudget, requireNumber, type TexterOptions } from '../text-messages.ts';

export function eumsTexter(options: TexterOptions): Messenger {
  const senderAt = fromPlaces(options, 'sms-voice:SendTextMessage', connect);
  return {
    async send(message) {
      if (message.channel !== 'SMS') throw new DeliveryFailed('End User Messaging sends no e-mail.');
      const input = inputOf(message);
      const sendText = await senderAt(message.sender);
      await requireBudget(options, message);
      await sendText(input).catch(notTaken('End User Messaging'));
    },
  };
}

/** Loaded with the first message. */
async function connect(options: PlaceOptions) {
  const { PinpointSMSVoiceV2Client, SendTextMessageCommand } = await import('@aws-sdk/client-pinpoint-sms-voice-v2');
  const client = new PinpointSMSVoiceV2Client(options);
  return (input: SendTextMessageCommandInput) => client.send(new SendTextMessageCommand(input));
}

function inputOf({ to, text, sender = {} }: TextMessage): SendTextMessageCommandInput {
  const registered = registrationOf(sender);
  return {
    DestinationPhoneNumber: requireNumber(to),
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    ...(sender.origination && { OriginationIdentity: sender.origination }),
    ...(sender.configurationSet && { ConfigurationSetName: sender.configurationSet }),
    ...(Object.keys(registered).length > 0 && { DestinationCountryParameters: registered }),
  };
}

const registrationOf = ({ entityId, templateId }: TextSender) => ({
  ...(entityId && { IN_ENTITY_ID: entityId }),
  ...(templateId && { IN_TEMPLATE_ID: templateId }),
});
