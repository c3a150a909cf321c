/** Whom the functions of a sign-in are told of. */
import { simulatedName, simulateUser } from '../core/rules/verifiers.ts';
import type { Candidate } from '../core/triggers/custom-auth.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';
import type { Subject } from './subjects.ts';

export interface NamedCandidate extends Candidate {
  readonly sub: string;
}

/** The same is worked out for names that nobody has. */
export async function candidateOf(
  ports: Pick<SignInPorts, 'sealer'>,
  { pool, client, clientMetadata }: SignIn,
  { user, username }: Subject,
): Promise<NamedCandidate> {
  const simulated = await simulateUser(ports, pool, username);
  const sub = user?.sub ?? simulated.sub;
  const userName = user?.username ?? simulatedName(pool, username, simulated.sub);
  return { pool, client, userName, sub, user, clientMetadata };
}
