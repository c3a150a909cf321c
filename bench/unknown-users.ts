/** Whether the time of an answer tells a name that nobody has from a wrong password. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Fixtures, signInOf } from './fixtures.ts';
import type { ApiWire } from './wire.ts';

export interface Comparison {
  readonly samples: number;
  /** Milliseconds. */
  readonly medianWrongPassword: number;
  readonly medianUnknownUser: number;
  /** Of the rank-sum test: what differs for no reason stays within 2 or so. */
  readonly z: number;
}

/** The two in turn, so that whatever else the machine does strikes both. */
export async function compareUnknownUsers(
  call: ApiWire['call'],
  fixtures: Fixtures,
  samples: number,
): Promise<Comparison> {
  const { poolId, people } = fixtures;
  const created = await call('CreateUserPoolClient', {
    UserPoolId: poolId,
    ClientName: 'discreet',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  });
  const client = created['UserPoolClient'] as { readonly ClientId: string };
  const guess = { clientId: client.ClientId, password: 'Wrong-Horse-9' };
  const time = async (username: string): Promise<number> => {
    // Otherwise one of the two falls into step with the machine's timers, and the other beside it.
    await pause(5 * Math.random());
    const sentAt = performance.now();
    await call('InitiateAuth', signInOf(guess, username)).catch(requireRefused);
    return performance.now() - sentAt;
  };
  const wrong: number[] = [];
  const unknown: number[] = [];
  for (let index = 0; index < samples; index += 1) {
    // Each name is guessed at once or twice, far from being locked.
    wrong.push(await time(people[index % people.length]?.username ?? ''));
    unknown.push(await time(`nobody-${index % people.length}`));
  }
  return {
    samples,
    medianWrongPassword: median(wrong),
    medianUnknownUser: median(unknown),
    z: rankSum(wrong, unknown),
  };
}

function requireRefused(error: unknown): void {
  if (!(error instanceof Error) || !error.message.includes('Incorrect username or password.')) throw error;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Wilcoxon's test in its normal approximation. */
function rankSum(one: readonly number[], other: readonly number[]): number {
  const ranked = [...one.map((value) => ({ value, first: true })), ...other.map((value) => ({ value, first: false }))];
  ranked.sort((a, b) => a.value - b.value);
  const sum = ranked.reduce((total, { first }, index) => (first ? total + index + 1 : total), 0);
  const [n, m] = [one.length, other.length];
  return (sum - (n * (n + m + 1)) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
