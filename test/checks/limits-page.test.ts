/** Proves that the page about limits says every quota and every request rate as it is. */
import { expect, test } from 'vitest';
import { usualQuotas } from '../../lambdas/core/rules/quotas.ts';
import { isAdjustable, isRateCategory, usualRates } from '../../lambdas/core/rules/request-rates.ts';
import { readPage } from '../support/pages.ts';

/** Rows of tables that begin with a name and a number: the number, and what the third column says. */
const rows = new Map(
  [...readPage('docs/limits.md').text.matchAll(/^\| `(\w+)` \| ([\d,]+) \|([^|]*)\|/gm)].map(
    ([, name = '', number = '', third = '']) => [
      name,
      { number: Number(number.replaceAll(',', '')), third: third.trim() },
    ],
  ),
);

test('the page about limits has every quota and every category', () => {
  const numbers = Object.fromEntries([...rows].map(([name, { number }]) => [name, number]));
  expect(numbers).toEqual({ ...usualQuotas, ...usualRates });
});

test('the page about limits tells which rates can be raised', () => {
  const raised = [...rows].filter(([name, { third }]) => isRateCategory(name) && third === 'yes').map(([name]) => name);
  expect(raised).toEqual(Object.keys(usualRates).filter((name) => isRateCategory(name) && isAdjustable(name)));
});
