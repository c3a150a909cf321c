/** What commands work with: a signed way to the service, and the machine that they run on. */
import type { Endpoint } from './endpoint.ts';
import type { Identity } from './identity.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** Resolves with the answer of an action; rejects with a sentence. */
export type Call = (action: string, input: object) => Promise<Answer>;

export interface Workplace {
  readonly endpoint: Endpoint;
  /** Signed by whoever the profile stands for. */
  readonly call: Call;
  /** Without a signature. */
  readonly callUnsigned: Call;
  /** Whoever the profile stands for, and the region to sign for. */
  findSigner(): Promise<Signer>;
  readonly outside: Outside;
}

export interface Signer {
  readonly identity: Identity;
  readonly region: string;
}

/** What the process is handed, and tests of parts stand in for. */
export interface Outside {
  /** Written to where a process that this one starts has to know something. */
  readonly environment: Record<string, string | undefined>;
  now(): number;
  /** Standard input to its end. */
  readInput(): Promise<string>;
  /** A sentence that does not end the command. */
  warn(sentence: string): void;
  /** Puts keys into a file of profiles as the AWS tools have it. */
  writeProfiles(path: string, profiles: readonly Profile[]): Promise<void>;
}

export interface Profile {
  readonly name: string;
  readonly keyId: string;
  readonly secret: string;
}
