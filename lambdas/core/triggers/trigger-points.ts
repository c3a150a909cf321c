/** The points at which a pool may ask for a Lambda function to run. */
import { triggerNotEnabled } from '../contract/errors.ts';
import type { Pool } from '../model/pool.ts';

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

/** At points where no function runs yet, a pool that asks for one gets a refusal instead of a step left out. */
export function refuseTriggers(pool: Pool, ...points: readonly TriggerPoint[]): void {
  const configured = points.find((point) => isConfigured(pool, point));
  if (configured) throw triggerNotEnabled(configured);
}

function isConfigured({ settings }: Pool, point: TriggerPoint): boolean {
  const config = settings.LambdaConfig ?? {};
  // Newer versions of this trigger are configured under a second name.
  return Boolean(config[point]) || (point === 'PreTokenGeneration' && Boolean(config['PreTokenGenerationConfig']));
}

/** Between the decision to send a message and its transport. */
export const messageTriggers = (medium: 'EMAIL' | 'SMS'): readonly TriggerPoint[] => [
  'CustomMessage',
  medium === 'SMS' ? 'CustomSMSSender' : 'CustomEmailSender',
];
