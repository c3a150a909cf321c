/** A messenger that keeps what it was handed, or takes nothing at all. */
import { DeliveryFailed, type Message, type Messenger } from '../../lambdas/core/ports/messenger.ts';

export interface RecordingMessenger extends Messenger {
  readonly sent: readonly Message[];
}

export function recordingMessenger(): RecordingMessenger {
  const sent: Message[] = [];
  return {
    sent,
    async send(message) {
      sent.push(message);
    },
  };
}

export const failingMessenger = (error: Error = new DeliveryFailed('no such mailbox')): Messenger => ({
  send: () => Promise.reject(error),
});
