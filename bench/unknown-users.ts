/** Whether the time of an answer tells a name that nobody has from that of a user, where the client is not to learn it. */
import { setTimeout as pause } from 'node:timers/promises';
import { groupNameOf } from '../lambdas/core/rules/srp.ts';
import { emailOf, type Fixtures, inParallel, objectIn, signInOf, textIn } from './fixtures.ts';
import type { SrpClient } from './srp-client.ts';
import { aPlace, begin, nameOfPerson, type Place, people, requireChallenge, respond } from './step-people.ts';
import type { ApiWire } from './wire.ts';

export interface Comparison {
  readonly name: string;
  /** Of each of the two. */
  readonly samples: number;
  /** Milliseconds. */
  readonly medianSomebody: number;
  readonly medianNobody: number;
  /** Of the rank-sum test: what differs for no reason stays within 2 or so. */
  readonly z: number;
}

/** Whatever comes before the request that is timed, which is the answer. */
type Ready = (username: string) => Promise<() => Promise<unknown>>;

interface Case {
  readonly name: string;
  readonly ready: Ready;
  /** Each name is guessed at twice at most, far from being locked. */
  readonly somebody: (index: number) => string;
  readonly nobody: (index: number) => string;
}

interface Surroundings {
  readonly call: ApiWire['call'];
  readonly fixtures: Fixtures;
  readonly srp: SrpClient;
  readonly samples: number;
}

export async function compareUnknownUsers(surroundings: Surroundings): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const each of [...(await byPassword(surroundings)), ...(await byEmail(surroundings))]) {
    comparisons.push(await compare(each, surroundings.samples));
  }
  return comparisons;
}

const discreet = { PreventUserExistenceErrors: 'ENABLED' };
const wrongPassword = 'Wrong-Horse-9';

async function byPassword({ call, fixtures, srp }: Surroundings): Promise<readonly Case[]> {
  const { poolId, people: all } = fixtures;
  const created = await call('CreateUserPoolClient', {
    UserPoolId: poolId,
    ClientName: 'discreet',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
    ...discreet,
  });
  const place = { poolId, clientId: textIn(objectIn(created, 'UserPoolClient'), 'ClientId') };
  const guess = { clientId: place.clientId, password: wrongPassword };
  const names = {
    somebody: (index: number) => all[index % all.length]?.username ?? '',
    nobody: (index: number) => `nobody-${index % all.length}`,
  };
  const firstLeg = async (USERNAME: string) => {
    const exchange = await srp.begin();
    const ask = () => begin(call, place, 'USER_SRP_AUTH', { USERNAME, SRP_A: exchange.SRP_A });
    return { exchange, ask };
  };
  const withWrongPassword: Ready = async (username) => () => refused(call('InitiateAuth', signInOf(guess, username)));
  const withSecondLeg: Ready = async (username) => {
    const { exchange, ask } = await firstLeg(username);
    const posed = await ask();
    const answer = await exchange.answer(posed, groupNameOf(poolId), wrongPassword);
    return () => refused(respond(call, place, posed, answer));
  };
  return [
    { ...names, name: 'wrong password', ready: withWrongPassword },
    { ...names, name: 'SRP, first leg', ready: async (username) => (await firstLeg(username)).ask },
    { ...names, name: 'SRP, second leg with a wrong password', ready: withSecondLeg },
  ];
}

async function byEmail({ call, samples }: Surroundings): Promise<readonly Case[]> {
  const place = await aPlace(call, pooled, discreet);
  await people(call, place, samples, async () => {});
  const offered = await inParallel(samples, (index) => offeredCodes(call, place, `nobody-${index}`));
  const names = {
    somebody: (index: number) => emailOf(nameOfPerson(index)),
    nobody: (index: number) => offered[index] ?? '',
  };
  const ask = async (USERNAME: string) =>
    requireChallenge(
      await begin(call, place, 'USER_AUTH', { USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' }),
      'EMAIL_OTP',
    );
  const withWrongCode: Ready = async (USERNAME) => {
    const posed = await ask(USERNAME);
    return () => refused(respond(call, place, posed, { USERNAME, EMAIL_OTP_CODE: '00000000' }));
  };
  return [
    { ...names, name: 'EMAIL_OTP asked for', ready: async (username) => () => ask(username) },
    { ...names, name: 'EMAIL_OTP, wrong code', ready: withWrongCode },
  ];
}

/** An address that nobody has. A few of them are offered no codes, as a few users are not. */
async function offeredCodes(call: Surroundings['call'], place: Place, username: string): Promise<string> {
  const { AvailableChallenges } = await begin(call, place, 'USER_AUTH', { USERNAME: emailOf(username) });
  const isOffered = Array.isArray(AvailableChallenges) && AvailableChallenges.includes('EMAIL_OTP');
  return isOffered ? emailOf(username) : offeredCodes(call, place, `${username}-too`);
}

const pooled: Parameters<typeof aPlace>[1] = {
  AliasAttributes: ['email'],
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
};

/** The two in turn, so that whatever else the machine does strikes both. */
async function compare({ name, ready, somebody, nobody }: Case, samples: number): Promise<Comparison> {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let index = 0; index < samples; index += 1) {
    known.push(await time(ready, somebody(index)));
    unknown.push(await time(ready, nobody(index)));
  }
  return {
    name,
    samples,
    medianSomebody: median(known),
    medianNobody: median(unknown),
    z: rankSum(known, unknown),
  };
}

async function time(ready: Ready, username: string): Promise<number> {
  const send = await ready(username);
  // Otherwise one of the two falls into step with the machine's timers, and the other beside it.
  await pause(5 * Math.random());
  const sentAt = performance.now();
  await send();
  return performance.now() - sentAt;
}

const refused = (asked: Promise<unknown>): Promise<unknown> => asked.then(requireNothing, requireRefused);

function requireNothing(answer: unknown): never {
  throw new Error(`${JSON.stringify(answer)} is not a refusal`);
}

function requireRefused(error: unknown): void {
  if (!(error instanceof Error) || !refusals.some((text) => error.message.includes(text))) throw error;
}

const refusals = ['Incorrect username or password.', 'Invalid code or auth state for the user.'];

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Wilcoxon's test in its normal approximation. */
function rankSum(one: readonly number[], other: readonly number[]): number {
  const ranked = [...one.map((value) => ({ value, first: true })), ...other.map((value) => ({ value, first: false }))];
  ranked.sort((a, b) => a.value - b.value);
  const sum = ranked.reduce((total, { first }, index) => (first ? total + index + 1 : total), 0);
  const [n, m] = [one.length, other.length];
  return (sum - (n * (n + m + 1)) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
