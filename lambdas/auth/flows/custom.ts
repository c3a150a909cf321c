/** CUSTOM_AUTH: challenges that the pool's own functions pose. Without such a function there is nothing to begin. */
import { customTriggerMissing } from '../../core/contract/errors.ts';
import { refuseTriggers } from '../../core/triggers/trigger-points.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';

export async function withCustomChallenges(_ports: SignInPorts, { pool }: SignIn): Promise<Outcome> {
  refuseTriggers(pool, 'DefineAuthChallenge');
  throw customTriggerMissing();
}
