/** The limits that a deployment, or a start on one machine, is told in place of the usual ones: a document, checked. */
import type { Quotas } from '../model/quota.ts';
import type { Rates } from '../model/request-rate.ts';
import type { Settings } from '../ports/settings.ts';
import { usualQuotas } from '../rules/quotas.ts';
import { freeRate, isAdjustable, isRateCategory, usualRates } from '../rules/request-rates.ts';
import { isObject } from './is-object.ts';

export interface Limits {
  /** Whether requests are counted; or the rates that are not as usual, and they are counted. */
  readonly rates?: boolean | Partial<Rates> | undefined;
  /** What accounts can raise their rates to. */
  readonly maximumRates?: Partial<Rates> | undefined;
  readonly quotas?: Partial<Quotas> | undefined;
}

/** The message is one sentence for whoever wrote the document. */
export class LimitsRefused extends Error {
  override readonly name = 'LimitsRefused';
}

const members = ['rates', 'maximumRates', 'quotas'] as const satisfies readonly (keyof Limits)[];
const categories = Object.keys(usualRates);
const most = 1_000_000_000;

export function requireLimits(document: unknown): Limits {
  const { rates, maximumRates, quotas } = requireMembers('limits', document, members);
  const limits: Limits = {
    ...(rates !== undefined && { rates: typeof rates === 'boolean' ? rates : requireRates(rates) }),
    ...(maximumRates !== undefined && {
      maximumRates: requireNumbers(
        'maximumRates',
        maximumRates,
        categories.filter((name) => isRateCategory(name) && isAdjustable(name)),
      ),
    }),
    ...(quotas !== undefined && { quotas: requireNumbers('quotas', quotas, Object.keys(usualQuotas)) }),
  };
  requireMaximaAboveFree(limits);
  return limits;
}

/** As operations and the pipeline are told. */
export const limitSettings = ({ rates, ...others }: Limits): Pick<Settings, 'rates' | 'maximumRates' | 'quotas'> => ({
  ...others,
  ...(rates && { rates: rates === true ? {} : rates }),
});

function requireRates(rates: unknown): Partial<Rates> {
  if (!isObject(rates)) throw new LimitsRefused('rates must be true, false, or an object of categories and numbers.');
  return requireNumbers('rates', rates, categories);
}

function requireMaximaAboveFree(limits: Limits): void {
  const told = limitSettings(limits);
  for (const [name, maximum] of Object.entries(told.maximumRates ?? {})) {
    const free = isRateCategory(name) ? freeRate(told, name) : 0;
    if (maximum < free)
      throw new LimitsRefused(`maximumRates.${name} must be at least ${free}, which every account has.`);
  }
}

function requireNumbers(place: string, value: unknown, names: readonly string[]): Readonly<Record<string, number>> {
  const numbers = requireMembers(place, value, names);
  for (const [name, number] of Object.entries(numbers)) {
    if (!Number.isInteger(number) || Number(number) < 1 || Number(number) > most) {
      throw new LimitsRefused(`${place}.${name} must be a whole number from 1 to ${most}.`);
    }
  }
  // Each has just been seen to be a number.
  return numbers as Readonly<Record<string, number>>;
}

function requireMembers<const Name extends string>(
  place: string,
  value: unknown,
  names: readonly Name[],
): Readonly<Partial<Record<Name, unknown>>> {
  if (!isObject(value)) throw new LimitsRefused(`${place} must be an object with members among ${names.join(', ')}.`);
  const stray = Object.keys(value).find((name) => !names.some((known) => known === name));
  if (stray !== undefined) throw new LimitsRefused(`${place} cannot have ${stray}, only ${names.join(', ')}.`);
  // Only such members are left.
  return value as Readonly<Partial<Record<Name, unknown>>>;
}
