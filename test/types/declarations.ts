/** What a declaration gives its handler, and what it must not let through: this file only has to compile. */
import { anyone, iam, token } from '../../lambdas/core/contract/callers.ts';
import type { Call, Operation, PersonCall } from '../../lambdas/core/contract/operation.ts';
import { operation } from '../../lambdas/core/contract/operation.ts';
import { s, type Value } from '../../lambdas/core/contract/shape.ts';
import { type clientId, poolId } from '../../lambdas/core/contract/shapes/identifiers.ts';
import type { Equal, Expect } from './equality.ts';

const input = s.structure({
  Pool: poolId,
  Mode: s.optional(s.oneOf('ON', 'OFF')),
  Tags: s.optional(s.map(s.string(), s.string())),
  Picture: s.optional(s.blob()),
  Since: s.optional(s.timestamp()),
  Names: s.optional(s.list(s.structure({ Name: s.string() }))),
});
type Input = Value<typeof input>;
const output = s.structure({ Count: s.integer(), Next: s.optional(s.string()) });
const parts = { input, output, caller: anyone(), name: 'Declared', errors: ['NotAuthorizedException'] } as const;

export type Optional = Expect<Equal<Input['Mode'], 'ON' | 'OFF' | undefined>>;
export type Entries = Expect<Equal<Input['Tags'], Readonly<Partial<Record<string, string>>> | undefined>>;
export type Bytes = Expect<Equal<Input['Picture'], Uint8Array | undefined>>;
export type Milliseconds = Expect<Equal<Input['Since'], number | undefined>>;
export type Names = Expect<Equal<Input['Names'], readonly { readonly Name: string }[] | undefined>>;
export type Unknown = Expect<Equal<Value<Operation['input']>, Readonly<Record<string, unknown>>>>;

/** A handler receives the ports that it names, and answers what its declaration says. */
export const Declared = operation({
  ...parts,
  uses: ['clock'],
  async handle({ Pool, Tags, Mode }, { clock }, call) {
    const id: Value<typeof poolId> = Pool;
    const now: number = clock.now();
    const anonymous: Call = call;
    // @ts-expect-error: a pool's identifier is no client's
    const other: Value<typeof clientId> = Pool;
    // @ts-expect-error: any text is no identifier
    const made: Value<typeof poolId> = 'us-east-1_abcdefghi';
    // @ts-expect-error: an optional member may be absent
    const mode: 'ON' | 'OFF' = Mode;
    // @ts-expect-error: a map may lack the entry
    const tag: string = Tags?.['a'];
    // @ts-expect-error: nobody has signed in
    const { person } = call;
    return { Count: now, Next: [id, anonymous, other, made, mode, tag, person].join() };
  },
});

export const ForPeople = operation({
  ...parts,
  caller: token(),
  handle: async (_input, _ports, call) => ({ Count: (call satisfies PersonCall).person.user.version }),
});

export const Undeclared = operation({
  ...parts,
  uses: ['clock'],
  // @ts-expect-error: `random` is not in `uses`
  handle: async (_input, { random }) => ({ Count: random.bytes(1).length }),
});

export const ReadOnly = operation({
  ...parts,
  async handle(given) {
    // @ts-expect-error: the input is the caller's
    given.Mode = 'ON';
    // @ts-expect-error: the input has no such member
    return { Count: given.Amount };
  },
});

export const Lacking = operation({
  ...parts,
  // @ts-expect-error: the answer lacks `Count`
  handle: async () => ({ Next: '' }),
});

export const Mistyped = operation({
  ...parts,
  // @ts-expect-error: `Count` is a number
  handle: async () => ({ Count: '1' }),
});

// @ts-expect-error: there is no such port
export const NoPort = operation({ ...parts, uses: ['weather'] });

// @ts-expect-error: there is no such error
export const NoError = operation({ ...parts, errors: ['TeapotException'] });

// @ts-expect-error: there is no such access level
export const NoLevel = operation({ ...parts, caller: iam('Everything', 'userpool') });

// @ts-expect-error: nothing is known of the input
export const NoInput = operation({ name: 'NoInput', caller: anyone(), output, errors: [] });

// @ts-expect-error: the keys of a map are texts
export const NumberKeys = s.map(s.integer(), s.string());

// @ts-expect-error: bounds of a number are numbers
export const TextBound = s.integer({ min: '1' });
