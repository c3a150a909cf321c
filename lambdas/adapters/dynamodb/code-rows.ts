/** Codes as rows: one for each user and purpose, which also keeps when it was guessed at. */
import type { CodePurpose, NewCode, StoredCode } from '../../core/model/code.ts';
import { assign, has } from './expressions.ts';
import { bytesIn, layout, MalformedItem, numberIn, seconds, textIn } from './fields.ts';
import { codeKey, ttlAttribute } from './keys.ts';
import type { Item, Write } from './table.ts';

const newest = 1;
const hour = 3_600_000;

/** The folded username names the row; the `sub` tells a user from a later one of the same name, or from nobody. */
export interface CodeRow {
  readonly poolId: string;
  readonly un: string;
  readonly sub: string | undefined;
}

/** Replaces the code and leaves the guesses as they are: a new code is no new chance. */
export const storeCode = ({ poolId, un, sub }: CodeRow, code: NewCode) => ({
  update: codeKey(poolId, un, code.purpose),
  change: assign({
    ...layout(newest),
    sub,
    d: code.digest,
    sd: undefined,
    a: code.attribute,
    t: code.target,
    x: code.expiresAt,
    [ttlAttribute]: seconds(code.expiresAt + hour),
  }),
});

/** Removes the code, if it is this one, and leaves the guesses. */
export const spendCode = ({ poolId, un }: Omit<CodeRow, 'sub'>, purpose: CodePurpose, digest: Uint8Array) =>
  ({
    update: codeKey(poolId, un, purpose),
    change: assign(purpose === 'sign-up' ? { d: undefined, sd: digest } : nothing),
    condition: has('d', digest),
  }) satisfies Write;

const nothing = { d: undefined, a: undefined, t: undefined, x: undefined };

/** The live code of this very owner. */
export const findCode = (item: Item, row: Pick<CodeRow, 'sub'>, now: number): StoredCode | undefined =>
  codeIn(item, 'd', row, now);

/** The one that confirmed their registration, while it would still be live. */
export const findUsedCode = (item: Item, row: Pick<CodeRow, 'sub'>, now: number): StoredCode | undefined =>
  codeIn(item, 'sd', row, now);

function codeIn(item: Item, digest: 'd' | 'sd', { sub }: Pick<CodeRow, 'sub'>, now: number): StoredCode | undefined {
  if (item[digest] === undefined || item['sub'] !== sub || numberIn(item, 'x') < now) return undefined;
  return {
    digest: bytesIn(item, digest),
    attribute: attributeIn(item),
    target: textIn(item, 't'),
    expiresAt: numberIn(item, 'x'),
  };
}

function attributeIn(item: Item): StoredCode['attribute'] {
  const name = textIn(item, 'a');
  if (name !== 'email' && name !== 'phone_number') throw new MalformedItem(item, 'a is not an attribute');
  return name;
}
