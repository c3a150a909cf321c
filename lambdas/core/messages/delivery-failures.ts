/** Says in the words of the API why a message did not leave, and to the operators in those of who was to take it. */
import {
  codeDeliveryFailed,
  emailRoleRefused,
  type Refusal,
  smsRoleNotTrusted,
  smsRoleRefused,
} from '../contract/errors.ts';
import type { Ports } from '../ports/index.ts';
import { DeliveryFailed } from '../ports/messenger.ts';
import type { Addressed } from '../triggers/message-event.ts';

/** Throws what the caller is told, with the cause. Whatever is not about the delivery stays as it is. */
export function undelivered({ notices }: Pick<Ports, 'notices'>, addressed: Addressed) {
  return (error: unknown): never => {
    if (!(error instanceof DeliveryFailed)) throw error;
    const { kind, delivery } = addressed;
    notices.add(`A message (${delivery.medium}, ${kind}) did not leave: ${error.message}`);
    throw Object.assign(refusalOf(error, addressed), { cause: error });
  };
}

function refusalOf({ obstacle }: DeliveryFailed, { kind, delivery: { medium } }: Addressed): Refusal {
  if (obstacle === undefined) return codeDeliveryFailed(medium);
  if (medium === 'SMS') return obstacle === 'role' ? smsRoleNotTrusted() : smsRoleRefused();
  // The one operation that invites declares no refusal for the way of e-mail.
  return kind === 'AdminCreateUser' ? codeDeliveryFailed(medium) : emailRoleRefused();
}
