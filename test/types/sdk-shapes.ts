/** Every operation's input and answer has the type that the official SDK gives it: this file only has to compile. */
import type * as sdk from '@aws-sdk/client-cognito-identity-provider';
import type { Value } from '../../lambdas/core/contract/shape.ts';
import type { rooms } from '../../lambdas/index.ts';
import type { Equal, Expect, Plain } from './equality.ts';

type Rooms = typeof rooms;
export type Declarations = { [R in keyof Rooms]: (tables: Rooms[R]) => void }[keyof Rooms] extends (
  tables: infer All extends object,
) => void
  ? All
  : never;
export type Name = keyof Declarations;

type Sdk = typeof sdk;
/** `$Command` is what all of the others extend. */
type SdkName = { [K in keyof Sdk]: K extends `${infer N}Command` ? (N extends '$' ? never : N) : never }[keyof Sdk];
type CommandOf<N extends Name> = InstanceType<Sdk[`${N}Command`]>;

/** Without what the SDK adds to every answer. */
export type SdkInput<N extends Name> = CommandOf<N>['input'];
export type SdkAnswer<N extends Name> = Omit<Awaited<ReturnType<ReturnType<CommandOf<N>['resolveMiddleware']>>>['output'], '$metadata'>;

/** An operation without an answer has an empty one in the SDK. */
export type Answer<N extends Name> = Declarations[N] extends { readonly output?: infer O }
  ? unknown extends O
    ? never
    : [O] extends [undefined]
      ? Record<never, never>
      : Value<Exclude<O, undefined>>
  : never;

export type DifferentInput = { [N in Name]: Equal<Plain<Value<Declarations[N]['input']>>, Plain<SdkInput<N>>> extends true ? never : N }[Name];
export type DifferentAnswer = { [N in Name]: Equal<Plain<Answer<N>>, Plain<SdkAnswer<N>>> extends true ? never : N }[Name];

export type SameNames = Expect<Equal<Name, SdkName>>;
export type SameInputs = Expect<Equal<DifferentInput, never>>;
export type SameAnswers = Expect<Equal<DifferentAnswer, never>>;
