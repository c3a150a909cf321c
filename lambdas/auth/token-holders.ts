/** Who sets up an authenticator app: somebody signed in, or somebody on the way who has no second factor yet. */
import { invalidSession, softwareTokenNotOffered, tokenOrSessionNeeded } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import type { Ports } from '../core/ports/index.ts';
import { requirePerson } from '../core/rules/access-tokens.ts';
import { clientNamedInSession, requireChallengeSession } from '../core/rules/challenge-sessions.ts';
import { offeredFactors } from '../core/rules/mfa-factors.ts';
import { requireOpen } from './open-set-up.ts';
import { type Subject, subjectNamed } from './subjects.ts';
import { requireUsable } from './user-state.ts';

export interface Credentials {
  readonly AccessToken?: string | undefined;
  readonly Session?: string | undefined;
}

export interface Holder {
  readonly pool: Pool;
  readonly subject: SignInSet;
  /** The sign-in that cannot go on without a second factor. */
  readonly signIn?: HalfSignIn | undefined;
}

export interface HalfSignIn {
  readonly client: Client;
  readonly session: ChallengeSession;
}

type HolderPorts = Pick<Ports, 'clients' | 'users' | 'signer' | 'sealer' | 'settings' | 'clock'>;

export async function requireHolder(ports: HolderPorts, { AccessToken, Session }: Credentials): Promise<Holder> {
  if ((AccessToken === undefined) === (Session === undefined)) throw tokenOrSessionNeeded();
  const holder =
    AccessToken === undefined ? await holderOfSession(ports, Session ?? '') : await holderOfToken(ports, AccessToken);
  if (!offeredFactors(holder.pool).includes('SOFTWARE_TOKEN_MFA')) throw softwareTokenNotOffered();
  return holder;
}

async function holderOfToken(ports: HolderPorts, accessToken: string): Promise<Holder> {
  const { pool, user } = await requirePerson(ports, accessToken);
  const subject = await subjectNamed(ports, pool, user.username);
  return { pool, subject: requireSame(subject, user.sub) };
}

async function holderOfSession(ports: HolderPorts, text: string): Promise<Holder> {
  const named = await ports.clients.find(clientNamedInSession(text));
  if (!named) throw invalidSession();
  const { pool, client } = named;
  const session = await requireChallengeSession(ports, client, text, 'MFA_SETUP');
  const subject = requireSame(await subjectNamed(ports, pool, session.username), session.sub);
  requireUsable(ports, subject);
  requireOpen(pool, subject, session);
  return { pool, subject, signIn: { client, session } };
}

function requireSame(subject: Subject, sub: string): SignInSet {
  if (!subject.user || subject.user.sub !== sub) throw invalidSession();
  return subject;
}
