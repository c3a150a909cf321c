/** Declares one operation of the API: everything the system needs to know about it stands in the declaration. */
import type { Person } from '../model/person.ts';
import type { Ports } from '../ports/index.ts';
import type { Caller, TokenCaller } from './callers.ts';
import type { ErrorName } from './errors.ts';
import type { StructureShape, Value } from './shape.ts';

/** What is known of a request beside its input. */
export interface Call {
  /** Lower-case UUID, as answered in `x-amzn-RequestId`. */
  readonly requestId: string;
  readonly sourceIp: string;
  /** The region that the caller signed for; without a signature, the deployment's own. */
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

/** A request whose access token has been checked. */
export interface PersonCall extends Call {
  readonly person: Person;
}

type CallOf<C extends Caller> = C extends TokenCaller ? PersonCall : Call;

export interface Declaration<
  C extends Caller,
  I extends StructureShape,
  O extends StructureShape | undefined,
  U extends keyof Ports,
> {
  /** Letter for letter as on the wire. */
  readonly name: string;
  readonly caller: C;
  readonly input: I;
  /** Absent for operations that answer with an empty body. */
  readonly output?: O;
  readonly errors: readonly ErrorName[];
  /** Errors that the service is known to answer although the API's model does not list them. */
  readonly unlistedErrors?: readonly ErrorName[];
  /** The ports that `handle` receives; the room's role is derived from them. */
  readonly uses?: readonly U[];
  /** What differs from the real service, in sentences for users. */
  readonly gaps?: readonly string[];
  /** Absent while the behaviour is not built: the operation validates its input, then refuses by name. */
  handle?(
    input: Value<NoInfer<I>>,
    ports: Pick<Ports, NoInfer<U>>,
    call: CallOf<NoInfer<C>>,
  ): Promise<Answer<NoInfer<O>>>;
}

type Answer<O> = O extends StructureShape ? Value<O> : void;

/** An operation whatever its types, as pipelines, docs and checks see it. */
export interface Operation {
  readonly name: string;
  readonly caller: Caller;
  readonly input: StructureShape;
  readonly output?: StructureShape | undefined;
  readonly errors: readonly ErrorName[];
  readonly unlistedErrors?: readonly ErrorName[];
  readonly uses?: readonly (keyof Ports)[];
  readonly gaps?: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: the declaration binds input, ports and answer to each other; a table of all of them cannot
  handle?(input: any, ports: any, call: any): Promise<any>;
}

export type Operations = Readonly<Record<string, Operation>>;

export function operation<
  C extends Caller,
  const I extends StructureShape,
  const O extends StructureShape | undefined = undefined,
  U extends keyof Ports = never,
>(declaration: Declaration<C, I, O, U>): Declaration<C, I, O, U> {
  return declaration;
}
