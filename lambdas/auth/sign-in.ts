/** What every flow and challenge of the room knows about the sign-in it serves. */
import { messagePorts } from '../core/messages/send.ts';
import type { ChallengeSession, Progress } from '../core/model/challenge-session.ts';
import type { Client } from '../core/model/client.ts';
import type { Device } from '../core/model/device.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import type { Ports } from '../core/ports/index.ts';
import type { IssuedTokens } from '../core/rules/tokens.ts';

/** The ports that signing in takes; every operation of the room that signs in declares them. */
export const signInPorts = [
  'pools',
  'clients',
  'users',
  'groups',
  'codes',
  'attempts',
  'families',
  'nonces',
  'softwareTokens',
  'challengeStates',
  'passkeys',
  'passkeyVerifier',
  'devices',
  'userSessions',
  'signer',
  'sealer',
  'powers',
  'pace',
  ...messagePorts,
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
  /** Of an answer, for the pool's functions. */
  readonly clientMetadata?: Parameters | undefined;
  /** The metadata of a first request: of those that run for it, only some are told, under this name. */
  readonly validationData?: Parameters | undefined;
  /** The challenge that this answers; absent of a first request. */
  readonly answered?: string | undefined;
  /** Before anything was read (ms): whoever signs the user out after this moment ends what comes of the sign-in too. */
  readonly since: number;
  /** Awaited before a guess is refused: wrong ones and those at nobody's account leave in the same step. */
  readonly inStep: () => Promise<void>;
  /** Of whoever signs in, where that is known. */
  readonly sourceIp?: string | undefined;
}

/** The answer to a challenge, with the session it refers to; `undefined` where it came without one. */
export interface ChallengeAnswer extends SignIn {
  readonly session: ChallengeSession | undefined;
}

/** What has been proven so far, and by whom: as they were read for the last step. */
export interface Proof extends Progress, Pick<SignInSet, 'user' | 'memberships' | 'softwareToken'> {}

/**
 * What a step comes to: somebody has proven something, perhaps on a device that was looked up for it, and what follows is
 * decided elsewhere; or another challenge is posed, once the answer that asked for it is spent; or an answer at once.
 */
export type Outcome =
  | { readonly proof: Proof; readonly device?: KnownDevice | undefined }
  | { readonly pose: () => Promise<Answer> }
  | { readonly answer: Answer };

/** An answer that is looked at only when its session is spent, so that one session takes one guess, whatever comes of it. */
export interface Deferred {
  readonly onceSpent: () => Promise<Outcome>;
}

/** A device of the user's that the client has named. */
export type KnownDevice = Pick<Device, 'key' | 'remembered'>;

/** As `NewDeviceMetadata` of the API. */
export interface NewDevice {
  readonly DeviceKey: string;
  readonly DeviceGroupKey: string;
}

/** What a flow or a challenge answers: tokens, or the next challenge. */
export interface Answer {
  readonly ChallengeName?: ChallengeName;
  readonly Session?: string;
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly AuthenticationResult?: IssuedTokens & { readonly NewDeviceMetadata?: NewDevice };
  /** Of a choice-based sign-in: all that the user may choose from. */
  readonly AvailableChallenges?: readonly ChallengeName[];
}

/** The challenges that this version poses. */
export type ChallengeName =
  | 'PASSWORD_VERIFIER'
  | 'NEW_PASSWORD_REQUIRED'
  | 'SMS_MFA'
  | 'EMAIL_OTP'
  | 'SOFTWARE_TOKEN_MFA'
  | 'SELECT_MFA_TYPE'
  | 'MFA_SETUP'
  | 'SELECT_CHALLENGE'
  | 'PASSWORD'
  | 'PASSWORD_SRP'
  | 'SMS_OTP'
  | 'WEB_AUTHN'
  | 'CUSTOM_CHALLENGE'
  | 'DEVICE_SRP_AUTH'
  | 'DEVICE_PASSWORD_VERIFIER';
