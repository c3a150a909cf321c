/** What functions are told by their environment. Nothing in it is a secret but what the edge proves itself with. */
import { Aws } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { metricNamespace, metricService } from '../lambdas/core/contract/metric-names.ts';
import type { Address } from './address.ts';
import type { FunctionName } from './functions.ts';
import { queuesJobs } from './grants.ts';
import type { Settings } from './settings.ts';
import type { StateStack } from './state-stack.ts';

export interface Told {
  readonly state: StateStack;
  readonly queue: IQueue;
  readonly settings: Settings;
  readonly address: Address;
}

type Environment = Readonly<Record<string, string>>;

export const environmentOf = (name: FunctionName, told: Told): Environment => ({
  ...common(told),
  ROOM: name,
  ...(queuesJobs(name) && { JOBS_QUEUE_URL: told.queue.queueUrl }),
  ...(name === 'worker' && { ROTATE_AFTER_DAYS: rotateAfterDays }),
});

/** Of keys that are sealed into the table; those of KMS are followed when their generation is raised. */
const rotateAfterDays = '180';

function common({ state, settings, address }: Told): Environment {
  return {
    POWERTOOLS_SERVICE_NAME: metricService(settings.name),
    POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
    ACCOUNT_ID: Aws.ACCOUNT_ID,
    PARTITION: Aws.PARTITION,
    TABLE_NAME: state.table.tableName,
    WRAP_KEY_ARN: state.wrapKey.keyArn,
    ...signing(state, settings),
    ISSUER_BASE: address.issuerBase,
    OWN_HOSTS: address.ownHosts.join(','),
    SMS: settings.sms,
    ...(settings.smsRoles.length > 0 && { ASSUME_SMS_ROLES: 'true' }),
    ...(settings.mailFrom !== undefined && { MAIL_FROM: settings.mailFrom }),
    ...(settings.replayGuard && { REPLAY_GUARD: 'true' }),
    ...(Object.keys(settings.limits).length > 0 && { LIMITS: JSON.stringify(settings.limits) }),
    // A dynamic reference: the template names the secret and does not hold it.
    ...(state.originSecret && { ORIGIN_SECRET: state.originSecret.secretValue.unsafeUnwrap() }),
  };
}

/** Eldest first; where there are none, the variable is not there either. */
function signing({ signingKeys }: StateStack, { signing }: Settings): Environment {
  if (signingKeys.length === 0) return { SIGNING: signing };
  const pairs = signingKeys.map(({ id, access }) => ({ id: id.keyArn, access: access.keyArn }));
  return { SIGNING: signing, SIGNING_KEYS: JSON.stringify(pairs) };
}
