/** Every operation's input and answer has the type that the official SDK gives it: this file only has to compile. */
import type * as sdk from '@aws-sdk/client-cognito-identity-provider';
import type { Value } from '../../lambdas/core/contract/shape.ts';
import type { rooms } from '../../lambdas/index.ts';
import type { Equal, Expect, Plain } from './equality.ts';

type Rooms = typeof rooms;
type Declarations = Union<Rooms[keyof Rooms]>;
type Union<Tables> = (Tables extends unknown ? (table: Tables) => void : never) extends (all: infer All) => void
  ? All
  : never;

type Name = keyof Declarations;
type Input<N extends Name> = Value<Declarations[N]['input']>;
/** The SDK has an empty answer for an operation without one. */
type Answer<N extends Name> = Declarations[N] extends { readonly output?: infer O }
  ? [O] extends [undefined]
    ? Record<never, never>
    : Value<Exclude<O, undefined>>
  : never;

type Sdk = typeof sdk;
/** `$Command` is what all of the others extend. */
type SdkName = { [K in keyof Sdk]: K extends `${infer N}Command` ? Exclude<N, '$'> : never }[keyof Sdk];
type Command<N extends Name> = InstanceType<Sdk[`${N}Command`]>;
type SdkInput<N extends Name> = Command<N>['input'];
type SdkHandler<N extends Name> = ReturnType<Command<N>['resolveMiddleware']>;
type SdkAnswer<N extends Name> = Omit<Awaited<ReturnType<SdkHandler<N>>>['output'], '$metadata'>;

/** The API's documentation has it, the SDK's enumeration does not. */
type BeyondSdk = 'ALLOW_CLIENT_TOKEN_AUTH';

type DifferentInputs = {
  [N in Name]: Equal<Plain<Input<N>, BeyondSdk>, Plain<SdkInput<N>>> extends true ? never : N;
}[Name];
type DifferentAnswers = {
  [N in Name]: Equal<Plain<Answer<N>, BeyondSdk>, Plain<SdkAnswer<N>>> extends true ? never : N;
}[Name];

/** Where one of these does not compile, the first type is what to look at: it names the operations. */
export type SameNames = Expect<Equal<Name, SdkName>>;
export type SameInputs = Expect<Equal<DifferentInputs, never>>;
export type SameAnswers = Expect<Equal<DifferentAnswers, never>>;

/** Comparing would prove nothing if both sides were nothing, or anything. */
export type InputsAreSeen = Expect<Equal<Plain<SdkInput<'GetUser'>>, { AccessToken: string }>>;
export type AnswersAreSeen = Expect<
  Equal<Plain<SdkAnswer<'GetCSVHeader'>>, { UserPoolId?: string; CSVHeader?: string[] }>
>;
