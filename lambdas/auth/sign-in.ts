/** What every flow and challenge of the room knows about the sign-in it serves. */
import type { Client } from '../core/model/client.ts';
import type { Membership } from '../core/model/group.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import type { IssuedTokens } from '../core/rules/tokens.ts';

/** The ports that signing in takes; every operation of the room that signs in declares them. */
export const signInPorts = [
  'pools',
  'clients',
  'users',
  'groups',
  'attempts',
  'families',
  'nonces',
  'signer',
  'sealer',
  'powers',
  'pace',
  'settings',
  'clock',
  'random',
] as const satisfies readonly (keyof Ports)[];

export type SignInPorts = Pick<Ports, (typeof signInPorts)[number]>;

/** A string map of the API: `AuthParameters` or `ChallengeResponses`. */
export type Parameters = Readonly<Partial<Record<string, string>>>;

export interface SignIn {
  readonly pool: Pool;
  readonly client: Client;
  readonly parameters: Parameters;
  /** Before anything was read (ms): whoever signs the user out after this moment ends what comes of the sign-in too. */
  readonly since: number;
  /** Awaited before a guess is refused: wrong ones and those at nobody's account leave in the same step. */
  readonly inStep: () => Promise<void>;
}

/** The answer to a challenge, with the session it refers to. */
export interface ChallengeAnswer extends SignIn {
  readonly session: string | undefined;
}

/** What has been proven so far, and by whom. */
export interface Proof {
  readonly user: User;
  readonly memberships: readonly Membership[];
  readonly by: readonly Factor[];
}

export type Factor = 'password';

/** What a step comes to: somebody has proven something, and what follows is decided elsewhere; or an answer at once. */
export type Outcome = { readonly proof: Proof } | { readonly answer: Answer };

/** What a flow or a challenge answers: tokens, or the next challenge. */
export interface Answer {
  readonly ChallengeName?: ChallengeName;
  readonly Session?: string;
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly AuthenticationResult?: IssuedTokens;
}

/** The challenges that this version poses. */
export type ChallengeName = 'PASSWORD_VERIFIER' | 'NEW_PASSWORD_REQUIRED';
