/** How many guesses at a password are compared, and how long an account is locked after that. */
import { AdminInitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { ModularPowers } from '../../../lambdas/core/ports/powers.ts';
import { somePassword } from '../../support/builders.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const locked = 'NotAuthorizedException: Password attempts exceeded';
const seconds = 1000;
const minutes = 60 * seconds;

/** A client that hides who exists, a user `ada`, and a count of the passwords that were compared. */
async function aRoom() {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool, { PreventUserExistenceErrors: 'ENABLED' });
  await service.aUser(pool, { username: 'ada' });
  const signIn = signingIn(service, app);
  const attempt = async (name: string, password: string) =>
    (await refusal(signIn.byPassword(name, password))).replace(/^answered.*/, 'in');
  return {
    ...service,
    service,
    pool,
    app,
    signIn,
    guess: (name = 'ada') => attempt(name, 'Wrong-Horse-9'),
    enter: (name = 'ada') => attempt(name, somePassword),
  };
}

const times = async (count: number, run: () => Promise<string>): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let done = 0; done < count; done++) outcomes.push(await run());
  return outcomes;
};

const tally = (outcomes: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, { length }]) => [outcome, length]),
  );

describe('After wrong passwords InitiateAuth', () => {
  test('locks the account for a second at the fifth, and twice as long at each further one (auth-flows 19, triggers-and-messages 40)', async () => {
    const { clock, guess, enter } = await aRoom();
    expect(await times(5, guess)).toEqual(Array(5).fill(wrong));
    expect(await enter()).toBe(locked);
    clock.advance(1 * seconds - 1);
    expect(await enter()).toBe(locked);
    clock.advance(1);
    expect(await guess()).toBe(wrong);
    clock.advance(2 * seconds - 1);
    expect(await enter()).toBe(locked);
    clock.advance(1);
    expect(await guess()).toBe(wrong);
    clock.advance(4 * seconds - 1);
    expect(await enter()).toBe(locked);
    clock.advance(1);
    expect(await enter()).toBe('in');
  });

  test('lets the right one in once the lock is over, and begins to count anew (auth-flows 19, triggers-and-messages 40)', async () => {
    const { clock, guess, enter } = await aRoom();
    await times(5, guess);
    clock.advance(1100);
    expect(await enter()).toBe('in');
    expect(await times(5, guess)).toEqual(Array(5).fill(wrong));
    expect(await enter()).toBe(locked);
    clock.advance(1 * seconds);
    expect(await enter()).toBe('in');
  });

  test('lets no attempt inside a lock lengthen it (auth-flows 19)', async () => {
    const { clock, guess, enter } = await aRoom();
    await times(6, async () => {
      clock.advance(1 * seconds);
      return guess();
    });
    for (let tenth = 0; tenth < 19; tenth++) {
      clock.advance(100);
      expect(await guess()).toBe(locked);
    }
    clock.advance(100);
    expect(await enter()).toBe('in');
  });

  test('forgets them after fifteen idle minutes, and not before (auth-flows 19, triggers-and-messages 40)', async () => {
    const { clock, guess, enter } = await aRoom();
    await times(4, guess);
    clock.advance(15 * minutes - 1);
    expect(await guess()).toBe(wrong);
    expect(await enter()).toBe(locked);
    clock.advance(15 * minutes);
    expect(await times(4, guess)).toEqual(Array(4).fill(wrong));
    expect(await enter()).toBe('in');
  });

  test('locks for fifteen minutes at most (auth-flows 19, triggers-and-messages 40)', async () => {
    const { clock, guess, enter } = await aRoom();
    await times(4, guess);
    for (const length of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]) {
      expect(await guess()).toBe(wrong);
      expect(await enter()).toBe(locked);
      clock.advance(length * seconds);
    }
    expect(await guess()).toBe(wrong);
    clock.advance(900 * seconds - 1);
    expect(await enter()).toBe(locked);
    clock.advance(1);
    expect(await enter()).toBe('in');
  });

  test('counts nobody’s name as it counts anybody’s (auth-flows 19)', async () => {
    const { clock, guess } = await aRoom();
    const sequence = async (name: string) => {
      const first = await times(6, () => guess(name));
      clock.advance(1 * seconds);
      return [...first, await guess(name), await guess(name)];
    };
    expect(await sequence('nobody')).toEqual([...Array(5).fill(wrong), locked, wrong, locked]);
    expect(await sequence('ada')).toEqual([...Array(5).fill(wrong), locked, wrong, locked]);
  });

  test('counts for one account, not for one way in (auth-flows 19)', async () => {
    const { service, client, pool, app, aClient, guess, enter } = await aRoom();
    const other = await aClient(pool);
    await guess();
    await refusal(signingIn(service, other).byPassword('ada', 'Wrong-Horse-9'));
    await refusal(signingIn(service, app).bySrp('ada', 'Wrong-Horse-9'));
    const AuthParameters = { USERNAME: 'ada', PASSWORD: 'Wrong-Horse-9' };
    const asAdministrator = new AdminInitiateAuthCommand({
      UserPoolId: pool.id,
      ClientId: app.id,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters,
    });
    expect(await refusal(client.send(asAdministrator))).toBe(wrong);
    await guess();
    expect(await enter()).toBe(locked);
    expect(await refusal(client.send(asAdministrator))).toBe(locked);
    expect(await refusal(signingIn(service, other).bySrp('ada'))).toBe(locked);
  });

  test('counts all names of an account as one', async () => {
    const service = await startService();
    const pool = await service.aPool({
      AliasAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const { sub } = await service.aUser(pool, {
      username: 'ada',
      attributes: { email: 'ada@example.com', email_verified: 'true' },
    });
    const signIn = signingIn(service, await service.aClient(pool));
    for (const name of ['ada', 'ADA', 'ada@example.com', 'Ada@Example.com', sub]) {
      expect(await refusal(signIn.byPassword(name, 'Wrong-Horse-9'))).toBe(wrong);
    }
    expect(await refusal(signIn.byPassword('ada'))).toBe(locked);
  });

  test('leaves other accounts alone', async () => {
    const { pool, aUser, guess, enter } = await aRoom();
    await aUser(pool, { username: 'bob' });
    await times(6, guess);
    expect(await enter()).toBe(locked);
    expect(await enter('bob')).toBe('in');
  });
});

describe('Of guesses side by side InitiateAuth', () => {
  test('compares no more than one after another could be (auth-flows 19)', async () => {
    const { guess, enter } = await aRoom();
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => guess()));
    expect(tally(outcomes)).toEqual({ [wrong]: 5, [locked]: 35 });
    expect(await enter()).toBe(locked);
  });

  test('compares as few for nobody', async () => {
    const { guess } = await aRoom();
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => guess('nobody')));
    expect(tally(outcomes)).toEqual({ [wrong]: 5, [locked]: 35 });
  });

  test('compares one when a lock has just ended', async () => {
    const { clock, guess } = await aRoom();
    await times(5, guess);
    clock.advance(1 * seconds);
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => guess()));
    expect(tally(outcomes)).toEqual({ [wrong]: 1, [locked]: 39 });
  });

  test('counts what is compared, to the last modular power', async () => {
    const service = await startService();
    let compared = 0;
    const powers: ModularPowers = {
      of: (base, exponent) => service.ports.powers.of(base, exponent),
      ofGenerator(exponent) {
        compared += 1;
        return service.ports.powers.ofGenerator(exponent);
      },
    };
    const counting = await startService({ ports: { powers } });
    const pool = await counting.aPool();
    await counting.aUser(pool, { username: 'ada' });
    const signIn = signingIn(counting, await counting.aClient(pool));
    compared = 0;
    await Promise.all(Array.from({ length: 40 }, () => refusal(signIn.byPassword('ada', 'Wrong-Horse-9'))));
    expect(compared).toBe(5);
  });

  test('compares no more SRP answers either, whether blocks differ or one is sent again and again', async () => {
    const { pool, clock, signIn } = await aRoom();
    const answer = async (srp = srpClient()) => {
      const challenge = await signIn.challengeOf('ada', srp);
      return srp.answer(challenge, { poolId: pool.id, password: 'Wrong-Horse-9', at: clock.now() });
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => answer()));
    const outcomes = await Promise.all(answers.map((each) => refusal(signIn.respond('PASSWORD_VERIFIER', each))));
    expect(tally(outcomes)).toEqual({ [wrong]: 5, [locked]: 15 });
    clock.advance(1 * seconds);
    const [spent = {}] = answers;
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', spent))).toBe(wrong);
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', spent))).toBe(locked);
  });

  test('lets everybody in who knows the password, however many there are', async () => {
    const { guess, enter } = await aRoom();
    const outcomes = () => Promise.all(Array.from({ length: 40 }, () => enter()));
    expect(tally(await outcomes())).toEqual({ in: 40 });
    await times(4, guess);
    expect(tally(await outcomes())).toEqual({ in: 40 });
  });

  test('lets the owner in again once guessers have been locked out', async () => {
    const { clock, guess, enter } = await aRoom();
    await Promise.all([...Array.from({ length: 20 }, () => guess()), enter()]);
    clock.advance(1 * seconds);
    expect(await enter()).toBe('in');
    expect(await guess()).toBe(wrong);
    expect(await enter()).toBe('in');
  });
});

describe('A guess that comes to no comparison', () => {
  test('is not counted', async () => {
    const failing = { isOn: false };
    const service = await startService();
    const powers: ModularPowers = {
      of: (base, exponent) => service.ports.powers.of(base, exponent),
      async ofGenerator(exponent) {
        if (failing.isOn) throw new Error('no power today');
        return service.ports.powers.ofGenerator(exponent);
      },
    };
    const room = await startService({ ports: { powers }, lenient: true });
    const pool = await room.aPool();
    await room.aUser(pool, { username: 'ada' });
    const signIn = signingIn(room, await room.aClient(pool));
    await refusal(signIn.byPassword('ada', 'Wrong-Horse-9'));
    failing.isOn = true;
    for (let tries = 0; tries < 6; tries++) {
      expect(await refusal(signIn.byPassword('ada'))).toMatch(/^InternalErrorException/);
    }
    failing.isOn = false;
    expect(await refusal(signIn.byPassword('ada'))).toMatch(/^answered/);
  });
});
