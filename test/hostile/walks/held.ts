/** What a walk has come to: challenges that were posed, what led to each, and what it can answer them with. */
import type { Authenticator } from '../../support/authenticator.ts';
import type { SrpClient } from '../../support/srp-client.ts';
import type { Service } from '../../support/start-service.ts';
import type { WalkPerson } from './people.ts';
import type { WalkApp } from './world.ts';

export type Texts = Readonly<Record<string, string>>;

/** A sign-in, as far as it has come. */
export interface Chain {
  readonly app: WalkApp;
  readonly person: WalkPerson;
  readonly flow: string;
  readonly proven: readonly string[];
  /** Of the password, and of the app, that were proven. */
  readonly mark: number | undefined;
  readonly appMark: number | undefined;
}

/** A challenge that was posed. */
export interface Held extends Chain {
  readonly challenge: string;
  readonly session: string | undefined;
  readonly parameters: Texts;
  readonly posedAt: number;
  /** That was sent for it. */
  readonly code: string | undefined;
  /** Whether an app waits for its first code. */
  readonly hasProposed: boolean;
  isSpent: boolean;
}

export interface Sent {
  readonly app: WalkApp;
  readonly name: string;
  readonly parameters: Texts;
  readonly byAdministrator: boolean;
}

export interface Response extends Sent {
  readonly challenge: string;
  readonly session: string | undefined;
}

export interface Hands {
  readonly service: Service;
  readonly apps: readonly WalkApp[];
  readonly held: Held[];
  /** One for all, as making one takes longer than a request. */
  readonly srp: SrpClient;
  /** Which passkey has signed for which challenge, by the text of `CREDENTIAL`. */
  readonly credentials: Map<string, { readonly passkey: Authenticator; readonly challenge: string }>;
  /** With which secret a signature of an SRP exchange was made. */
  readonly claims: Map<string, string>;
}

export function pick<T>(all: readonly T[], index: number): T {
  const found = all[index % all.length];
  if (found === undefined) throw new Error('There is nothing to pick from');
  return found;
}
