/** Every operation that is built, by who may call it, with an input that keeps all of its bounds. */
import fc from 'fast-check';
import type { Caller } from '../../lambdas/core/contract/callers.ts';
import type { Operation } from '../../lambdas/core/contract/operation.ts';
import { validInput } from './generated-inputs.ts';
import { allOperations } from './operations.ts';

/** Those that take the member, which says whom or what the call is about. */
export const builtOperations = (kind: Caller['kind'], member: string): readonly Operation[] =>
  allOperations
    .map(({ operation }) => operation)
    .filter(({ caller, handle }) => caller.kind === kind && handle !== undefined)
    .filter(({ input }) => Object.hasOwn(input.members, member));

/** The same in every run. */
export function someInput({ input }: Operation, members: Readonly<Record<string, string>>): object {
  const [some] = fc.sample(validInput(input), { numRuns: 1, seed: 1 });
  return { ...some, ...members };
}
