/** SOFTWARE_TOKEN_MFA: the code that the user's authenticator app shows. Each is taken once. */
import { invalidSession, softwareTokenCodeMismatch, softwareTokenCodeUsed } from '../../core/contract/errors.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { SoftwareToken } from '../../core/model/software-token.ts';
import type { User } from '../../core/model/user.ts';
import { stepOfCode } from '../../core/rules/software-tokens.ts';
import { stillProves } from '../factor-demand.ts';
import { requireRightCode } from '../guesses.ts';
import { requireParameter } from '../parameters.ts';
import { sealProof } from '../proof-sessions.ts';
import { sessionUser } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, Proof, SignIn, SignInPorts } from '../sign-in.ts';

export async function poseSoftwareToken(ports: SignInPorts, { client }: SignIn, proof: Proof): Promise<Answer> {
  const name = proof.softwareToken?.name;
  return {
    ChallengeName: 'SOFTWARE_TOKEN_MFA',
    Session: await sealProof(ports, client, proof, { expects: ['SOFTWARE_TOKEN_MFA'] }),
    ChallengeParameters: {
      USER_ID_FOR_SRP: proof.user.username,
      ...(name !== undefined && { FRIENDLY_DEVICE_NAME: name }),
    },
  };
}

export async function answerSoftwareToken(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject, user, memberships, softwareToken } = await sessionUser(ports, given);
  const code = requireParameter(given.parameters, 'SOFTWARE_TOKEN_MFA_CODE');
  if (!stillProves(given.pool, user, softwareToken, 'SOFTWARE_TOKEN_MFA')) throw invalidSession();
  let found: Found = 'wrong';
  await requireRightCode(
    ports,
    { ...given, session },
    subject,
    async () => {
      found = await takeCode(ports, given.pool, user, softwareToken, code);
      return found === 'taken';
    },
    // A code that comes again counts as a wrong one: whoever has seen it learns nothing for free.
    () => (found === 'used' ? softwareTokenCodeUsed() : softwareTokenCodeMismatch()),
  );
  const { kind, proven } = session;
  return { proof: { user, memberships, softwareToken, kind, proven: [...proven, 'app code'] } };
}

type Found = 'taken' | 'used' | 'wrong';

async function takeCode(
  ports: SignInPorts,
  pool: Pool,
  user: User,
  token: SoftwareToken | undefined,
  code: string,
): Promise<Found> {
  const step = token?.secret && (await stepOfCode(ports, pool, user, token.secret, code));
  return step === undefined ? 'wrong' : ports.softwareTokens.take(pool, user, step);
}
