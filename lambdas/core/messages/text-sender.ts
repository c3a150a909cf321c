/** How a pool wants its text messages to be sent. */
import type { EumsSms, Pool } from '../model/pool.ts';
import type { SenderRole, TextSender } from '../ports/messenger.ts';

/** Absent where the pool leaves it to the deployment. */
export function textSenderOf({ settings }: Pick<Pool, 'settings'>): TextSender | undefined {
  const { SnsRegion, SnsCallerArn, ExternalId, EumsSms } = settings.SmsConfiguration ?? {};
  if (EumsSms) return eumsSenderOf(EumsSms);
  const role = roleOf(SnsCallerArn, ExternalId);
  return SnsRegion || role ? { region: SnsRegion, role } : undefined;
}

const eumsSenderOf = (eums: EumsSms): TextSender => ({
  service: 'EUMS',
  role: roleOf(eums.CallerArn, eums.ExternalId),
  region: eums.Region,
  origination: eums.OriginationIdentity,
  configurationSet: eums.ConfigurationSetName,
  entityId: eums.InEntityId,
  templateId: eums.InTemplateId,
});

/** An empty ARN is allowed, and names no role. */
const roleOf = (arn: string | undefined, externalId: string | undefined): SenderRole | undefined =>
  arn ? { arn, externalId: externalId || undefined } : undefined;
