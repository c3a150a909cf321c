/** Begins a sign-in, for InitiateAuth and AdminInitiateAuth alike: the checks that come before any flow, in order. */
import { initiateMethodNotSupported, notBuilt } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import { type AuthFlow, requireFlow } from '../core/rules/auth-flows.ts';
import { requireSecretHash } from '../core/rules/secret-hash.ts';
import { namedDevice } from './devices.ts';
import { flows } from './flows/index.ts';
import { nextStep } from './next-challenge.ts';
import { requireParameter } from './parameters.ts';
import type { Answer, Parameters, SignInPorts } from './sign-in.ts';

export interface Beginning {
  readonly pool: Pool;
  readonly client: Client;
  readonly flow: AuthFlow;
  readonly parameters: Parameters;
  readonly by: 'person' | 'administrator';
  /** `ClientMetadata` of the request. */
  readonly validationData?: Parameters | undefined;
  /** Of ConfirmSignUp. */
  readonly session?: string | undefined;
  /** Of whoever signs in, where that is known. */
  readonly sourceIp?: string | undefined;
}

export async function begin(ports: SignInPorts, { flow, by, session, ...given }: Beginning): Promise<Answer> {
  const { client, parameters } = given;
  requireMethod(flow, by);
  requireFlow(client, flow);
  const chosen = flows[flow];
  if (!chosen) throw notBuilt(`AuthFlow ${flow}`);
  for (const name of chosen.requires) requireParameter(parameters, name);
  // A refresh names no user: its flow checks the hash once the token has told whose it is.
  const name = parameters['USERNAME'];
  if (chosen.requires.includes('USERNAME')) requireSecretHash(client, [name ?? ''], parameters['SECRET_HASH']);
  const signIn = { ...given, since: ports.clock.now(), inStep: ports.pace.begin() };
  const outcome = await chosen.start(ports, signIn, session);
  if ('answer' in outcome) return outcome.answer;
  if ('pose' in outcome) return outcome.pose();
  const device = await namedDevice(ports, signIn, outcome.proof.user, outcome.proof);
  return nextStep(ports, { ...signIn, device }, { ...outcome.proof, deviceKey: device?.key });
}

const onlyFor: Readonly<Partial<Record<AuthFlow, Beginning['by']>>> = {
  ADMIN_NO_SRP_AUTH: 'administrator',
  ADMIN_USER_PASSWORD_AUTH: 'administrator',
  USER_PASSWORD_AUTH: 'person',
};

function requireMethod(flow: AuthFlow, by: Beginning['by']): void {
  if ((onlyFor[flow] ?? by) !== by) throw initiateMethodNotSupported();
}
