/** Takes the answer to a challenge, for RespondToAuthChallenge and its administrator form alike. */
import { challengeResponsesMissing, notBuilt } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import { refuseTriggers } from '../core/triggers/trigger-points.ts';
import { challenges } from './challenges/index.ts';
import { nextStep } from './next-challenge.ts';
import { requireParameter } from './parameters.ts';
import type { Answer, Parameters, SignInPorts } from './sign-in.ts';

export interface Response {
  readonly pool: Pool;
  readonly client: Client;
  readonly challenge: string;
  readonly session: string | undefined;
  readonly parameters: Parameters | undefined;
}

export async function respond(
  ports: SignInPorts,
  { pool, client, challenge, session, parameters }: Response,
): Promise<Answer> {
  const chosen = challenges[challenge];
  if (!chosen) throw notBuilt(`Challenge ${challenge}`);
  if (!parameters) throw challengeResponsesMissing();
  for (const name of chosen.requires) requireParameter(parameters, name);
  refuseTriggers(pool, 'PostAuthentication', 'PreTokenGeneration');
  const given = { pool, client, parameters, session, since: ports.clock.now(), inStep: ports.pace.begin() };
  return nextStep(ports, given, await chosen.answer(ports, given));
}
