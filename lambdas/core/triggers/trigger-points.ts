/** The points at which a pool may ask for a Lambda function to run. */
import type { LambdaConfig, Pool } from '../model/pool.ts';

/** As `LambdaConfig` names them. */
export const triggerPoints = [
  'PreSignUp',
  'CustomMessage',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'PreTokenGeneration',
  'UserMigration',
  'CustomSMSSender',
  'CustomEmailSender',
  'InboundFederation',
] as const;

export type TriggerPoint = (typeof triggerPoints)[number];

/** Which form of the event a function was written for. */
export type EventVersion = 'V1_0' | 'V2_0' | 'V3_0';

export interface TriggerFunction {
  readonly arn: string;
  readonly version: EventVersion;
}

/** What the pool has run there; absent where it has nothing. */
export function functionAt({ settings }: Pool, point: TriggerPoint): TriggerFunction | undefined {
  const config: LambdaConfig = settings.LambdaConfig ?? {};
  // Newer versions of this trigger are configured under a second name.
  const named = (point === 'PreTokenGeneration' && config.PreTokenGenerationConfig) || config[point];
  if (!named) return undefined;
  return typeof named === 'string'
    ? { arn: named, version: 'V1_0' }
    : { arn: named.LambdaArn, version: named.LambdaVersion };
}
