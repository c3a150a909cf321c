/** Makes an authenticator app a factor of its user, once a first code has shown that it works. */
import {
  firstCodeMismatch,
  friendlyNameTooLong,
  noSoftwareTokenPending,
  softwareTokenCodeUsed,
} from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { spend } from '../core/rules/challenge-sessions.ts';
import { changeUser } from '../core/rules/change-user.ts';
import { stepOfCode } from '../core/rules/software-tokens.ts';
import { requireRightFirstCode } from './guesses.ts';
import { requireOpen } from './open-set-up.ts';
import { appMark } from './proof-marks.ts';
import { progressIn, sealProof } from './proof-sessions.ts';
import { type Credentials, type HalfSignIn, requireHolder } from './token-holders.ts';

export const setUpPorts = [
  'clients',
  'users',
  'softwareTokens',
  'attempts',
  'nonces',
  'pace',
  'signer',
  'sealer',
  'settings',
  'clock',
  'random',
] as const satisfies readonly (keyof Ports)[];

type SetUpPorts = Pick<Ports, (typeof setUpPorts)[number]>;

export interface FirstCode {
  readonly code: string;
  /** As the user calls the device. */
  readonly name: string | undefined;
}

const longestName = 256;

/** Answers the session for MFA_SETUP, where a sign-in waits for that. */
export async function verifyToken(
  ports: SetUpPorts,
  credentials: Credentials,
  { code, name }: FirstCode,
): Promise<string | undefined> {
  const inStep = ports.pace.begin();
  if (name !== undefined && name.length > longestName) throw friendlyNameTooLong(longestName);
  const { pool, subject, signIn } = await requireHolder(ports, credentials);
  const pending = subject.softwareToken?.pending;
  if (!pending) throw noSoftwareTokenPending();
  const guessing = { pool, inStep, session: signIn?.session };
  const step = await requireFirstCode(ports, guessing, subject, pending, code);
  if (signIn) await spend(ports, signIn.session);
  // First, so that there is no moment at which the app has proven itself and another sign-in may still set one up.
  const user = signIn ? await withAppTurnedOn(ports, pool, subject, signIn) : subject.user;
  const outcome = await ports.softwareTokens.prove(pool, user, { pending, step, name });
  if (outcome === 'changed') throw noSoftwareTokenPending();
  return signIn && sealProven(ports, signIn, user, pending);
}

type Guessing = Parameters<typeof requireRightFirstCode>[1];

/** The step of time whose code it is. */
async function requireFirstCode(
  ports: SetUpPorts,
  guessing: Guessing,
  subject: SignInSet,
  pending: Uint8Array,
  code: string,
): Promise<number> {
  let step: number | undefined;
  const isRight = async () => {
    step = await stepOfCode(ports, guessing.pool, subject.user, pending, code);
    return step !== undefined;
  };
  await requireRightFirstCode(ports, guessing, subject, isRight, firstCodeMismatch);
  // Steps are the user's and not the secret's: one that has signed in already is not taken from the next app either.
  if (step === undefined || step <= (subject.softwareToken?.lastStep ?? 0)) throw softwareTokenCodeUsed();
  return step;
}

const withAppTurnedOn = (ports: SetUpPorts, pool: Pool, subject: SignInSet, { session }: HalfSignIn): Promise<User> =>
  changeUser(ports, pool, subject.user, {
    decide(current) {
      // Another factor, or another password, may have come since the code was found to be right.
      requireOpen(pool, { ...subject, user: current }, session);
      return {
        ...current,
        mfa: { ...current.mfa, enabled: [...new Set(current.mfa?.enabled).add('SOFTWARE_TOKEN_MFA')] },
        modifiedAt: ports.clock.now(),
      };
    },
  });

/** It rests on this very app: whichever takes its place has not been proven here. */
function sealProven(ports: SetUpPorts, { client, session }: HalfSignIn, user: User, secret: Uint8Array) {
  const { proven, ...kept } = progressIn(session);
  const proof = { ...kept, user, proven: [...proven, 'app code' as const], app: appMark({ secret }) };
  return sealProof(ports, client, proof, { expects: ['MFA_SETUP'] });
}
