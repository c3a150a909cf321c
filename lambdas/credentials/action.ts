/** Declares one action of this room: its input, how it is recorded, and what it does. */
import type { Shape, StructureShape, Value } from '../core/contract/shape.ts';
import type { ServicePorts } from '../core/pipeline/exchange.ts';
import type { AccessKeyStore } from '../core/ports/access-key-store.ts';
import type { Caller } from '../core/ports/caller-gate.ts';
import type { AuditLine } from '../core/ports/logger.ts';
import type { PolicyStore } from '../core/ports/policy-store.ts';
import type { PrincipalStore } from '../core/ports/principal-store.ts';
import type { SentMessages } from '../core/ports/sent-messages.ts';

export interface CredentialsPorts extends Pick<ServicePorts, 'sealer' | 'clock' | 'random' | 'settings' | 'logger'> {
  readonly accessKeys: AccessKeyStore;
  readonly principals: PrincipalStore;
  readonly policies: PolicyStore;
  readonly messages: SentMessages;
}

export type Answered = Readonly<Record<string, unknown>>;

interface Declaration<I extends StructureShape> {
  readonly input: I;
  readonly access: AuditLine['access'];
  /** Whether everybody may who is known: what they get is theirs already. */
  readonly isForEverybody?: true;
  /** What it is about, for the record: a kind, and the member that names one. */
  readonly about?: readonly [kind: 'policy' | 'principal' | 'access-key', member: string & keyof I['members']];
  handle(input: Value<NoInfer<I>>, ports: CredentialsPorts, caller: Caller): Promise<Answered>;
}

/** An action whatever its input. */
export interface Action {
  readonly input: StructureShape<Readonly<Record<string, Shape>>>;
  readonly access: AuditLine['access'];
  readonly isForEverybody?: true;
  readonly about?: readonly [kind: string, member: string];
  // biome-ignore lint/suspicious/noExplicitAny: the declaration binds input and handling to each other; a table of all of them cannot
  handle(input: any, ports: CredentialsPorts, caller: Caller): Promise<Answered>;
}

export const action = <const I extends StructureShape>(declaration: Declaration<I>): Declaration<I> => declaration;
