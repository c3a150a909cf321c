import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  ListUsersCommand,
  type ListUsersCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import { bodyOf, hour, recordOf, refusalOfCall, signUp } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

type Asked = Partial<ListUsersCommandInput>;

/** Users are made in no time where they need no password. */
const withoutPasswords: Parameters<Service['aPool']>[0] = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
};

async function listing(settings: Parameters<Service['aPool']>[0] = {}) {
  const service = await startService();
  const pool = await service.aPool({ ...withoutPasswords, ...settings });
  const list = (asked: Asked = {}) => service.client.send(new ListUsersCommand({ UserPoolId: pool.id, ...asked }));
  const ask = (asked: Asked) => refusalOfCall(list(asked));
  const found = async (Filter: string) => (await list({ Filter })).Users?.map(({ Username }) => Username);
  /** Every page, and how many users each had. */
  async function walk(asked: Asked) {
    const names: (string | undefined)[] = [];
    const sizes: number[] = [];
    let token: string | undefined;
    do {
      const { Users = [], PaginationToken }: Awaited<ReturnType<typeof list>> = await list({
        ...asked,
        PaginationToken: token,
      });
      names.push(...Users.map(({ Username }) => Username));
      sizes.push(Users.length);
      token = PaginationToken;
    } while (token);
    return { names, sizes };
  }
  const many = async (count: number, attributes: (at: number) => Record<string, string> = () => ({})) => {
    const names = Array.from({ length: count }, (_, at) => `user${String(at).padStart(3, '0')}`);
    for (const [at, Username] of names.entries()) {
      const UserAttributes = attributesOf(attributes(at));
      await service.client.send(
        new AdminCreateUserCommand({ UserPoolId: pool.id, Username, UserAttributes, MessageAction: 'SUPPRESS' }),
      );
    }
    return names;
  };
  return { ...service, pool, list, ask, found, walk, many };
}

describe('ListUsers', () => {
  test('answers users of every state with all that a list shows', async () => {
    const { client, pool, aClient, aUser, clock, list } = await listing();
    const created = new Date(clock.now());
    const { sub } = await aUser(pool, { username: 'ada', attributes: { name: 'Ada', email: 'a@b.c' } });
    clock.advance(2000);
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await signUp(client, await aClient(pool), { username: 'bob' });
    await aUser(pool, { username: 'eve', invited: true });

    const answer = bodyOf(await list());
    expect(answer.Users?.map(({ Username, UserStatus, Enabled }) => [Username, UserStatus, Enabled])).toEqual([
      ['ada', 'CONFIRMED', false],
      ['bob', 'UNCONFIRMED', true],
      ['eve', 'FORCE_CHANGE_PASSWORD', true],
    ]);
    expect(answer).not.toHaveProperty('PaginationToken');
    expect(answer.Users?.[0]).toEqual({
      Username: 'ada',
      Attributes: [
        { Name: 'sub', Value: sub },
        { Name: 'name', Value: 'Ada' },
        { Name: 'email', Value: 'a@b.c' },
      ],
      UserCreateDate: created,
      UserLastModifiedDate: new Date(created.getTime() + 2000),
      Enabled: false,
      UserStatus: 'CONFIRMED',
    });
  });

  test('lists nobody of an empty pool, and refuses one that is not there', async () => {
    const { client, list } = await listing();

    expect(bodyOf(await list())).toEqual({ Users: [] });
    expect(await refusalOfCall(client.send(new ListUsersCommand({ UserPoolId: 'us-east-1_nobody' })))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });

  test('lists nobody of another pool', async () => {
    const { aPool, aUser, list, found } = await listing();
    await aUser(await aPool(), { username: 'ada', attributes: { name: 'Ada' } });

    expect(bodyOf(await list())).toEqual({ Users: [] });
    for (const filter of ['username = "ada"', 'name ^= "A"', 'status = "Enabled"']) {
      expect(await found(filter)).toEqual([]);
    }
  });

  test('has the attributes that are asked for, and everything else (pools-and-users 50)', async () => {
    const { aUser, pool, list, ask } = await listing({ Schema: [{ Name: 'plan', AttributeDataType: 'String' }] });
    const { sub } = await aUser(pool, {
      username: 'ada',
      attributes: { name: 'Ada', email: 'a@b.c', 'custom:plan': 'free' },
    });

    const { Users: [user] = [] } = await list({ AttributesToGet: ['custom:plan', 'sub', 'email'] });
    expect(user?.Attributes).toEqual([
      { Name: 'sub', Value: sub },
      { Name: 'email', Value: 'a@b.c' },
      { Name: 'custom:plan', Value: 'free' },
    ]);
    expect(user).toMatchObject({ Username: 'ada', UserStatus: 'CONFIRMED', Enabled: true });
    for (const unknown of ['custom:none', 'none', '__proto__', 'Email']) {
      expect(await ask({ AttributesToGet: ['email', unknown] })).toBe(
        'InvalidParameterException: One or more requested attributes do not exist.',
      );
    }
  });
});

describe('A filter on users', () => {
  const people = {
    ada: {
      email: 'Ada@Example.com',
      phone_number: '+12065550001',
      name: 'Ada King',
      given_name: 'Ada',
      family_name: 'King',
      preferred_username: 'Countess',
    },
    bob: {
      email: 'bob@example.com',
      phone_number: '+12065550002',
      name: 'Bob "The" Duke\\',
      given_name: 'Bob',
      family_name: 'Kin',
      preferred_username: 'count',
    },
    Eve: { email: 'ada@example.org', phone_number: '+442065550001', name: 'Ada', family_name: 'Queen' },
  } as const;

  async function peopled(settings: Parameters<Service['aPool']>[0] = {}) {
    const service = await listing(settings);
    const subs: Record<string, string> = {};
    for (const [username, attributes] of Object.entries(people)) {
      const { sub } = await service.aUser(service.pool, { username, attributes });
      subs[username] = sub;
    }
    return { ...service, subs };
  }

  test.each<[string, readonly string[]]>([
    ['username = "ada"', ['ada']],
    ['username = "Ada"', []],
    ['username = "ad"', []],
    ['username ^= "ad"', ['ada']],
    ['username ^= "E"', ['Eve']],
    ['username ^= "e"', []],
    ['email = "Ada@Example.com"', ['ada']],
    ['email = "ada@example.com"', []],
    ['email ^= "ada@"', ['Eve']],
    ['phone_number = "+12065550002"', ['bob']],
    ['phone_number ^= "+1206"', ['ada', 'bob']],
    ['name = "Ada"', ['Eve']],
    ['name ^= "Ada"', ['Eve', 'ada']],
    ['name ^= "ada"', []],
    ['given_name = "Bob"', ['bob']],
    ['given_name ^= "A"', ['ada']],
    ['family_name = "Kin"', ['bob']],
    ['family_name ^= "Kin"', ['ada', 'bob']],
    ['preferred_username = "count"', ['bob']],
    ['preferred_username ^= "Count"', ['ada']],
    ['cognito:user_status = "CONFIRMED"', ['Eve', 'ada', 'bob']],
    ['cognito:user_status = "confirmed"', ['Eve', 'ada', 'bob']],
    ['cognito:user_status ^= "conf"', ['Eve', 'ada', 'bob']],
    ['cognito:user_status = "CONF"', []],
    ['cognito:user_status = "UNCONFIRMED"', []],
    ['status = "Enabled"', ['Eve', 'ada', 'bob']],
    ['status = "enabled"', []],
    ['status = "Disabled"', []],
    ['status ^= "En"', ['Eve', 'ada', 'bob']],
    ['status ^= "en"', []],
    [String.raw`name = "Bob \"The\" Duke\\"`, ['bob']],
    [String.raw`name ^= "Bob \""`, ['bob']],
    ['"username" = "ada"', ['ada']],
    ['"family_name"^="Kin"', ['ada', 'bob']],
    ['username="ada"', ['ada']],
    ['  username   =   "ada"  ', ['ada']],
    ['\tusername\n^=\t"ad"\n', ['ada']],
    ['name = ""', []],
    ['name ^= ""', []],
    ['username = ""', []],
    ['username ^= ""', []],
    ['status ^= ""', []],
    ['cognito:user_status ^= ""', []],
    ['', ['Eve', 'ada', 'bob']],
    ['   ', ['Eve', 'ada', 'bob']],
  ])('%j finds %j (pools-and-users 50)', async (filter, names) => {
    const { found } = await peopled();

    expect((await found(filter))?.toSorted()).toEqual(names);
  });

  test('on the sub finds one, or those that begin alike (pools-and-users 50)', async () => {
    const { found, subs } = await peopled();
    const sub = subs['ada'] ?? '';

    expect(await found(`sub = "${sub}"`)).toEqual(['ada']);
    expect(await found(`sub ^= "${sub.slice(0, 13)}"`)).toEqual(['ada']);
    expect(await found(`sub = "${sub.slice(0, 13)}"`)).toEqual([]);
    expect(await found(`sub = "${sub.toUpperCase()}"`)).toEqual([]);
    expect(await found('sub = "3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77"')).toEqual([]);
  });

  test('on the sub finds users whose username it is', async () => {
    const { aUser, pool, found } = await listing({ UsernameAttributes: ['email'] });
    const { sub, username } = await aUser(pool, { username: 'ada@example.com' });

    for (const filter of [`sub = "${sub}"`, `sub ^= "${sub.slice(0, 13)}"`, `username = "${sub}"`, 'email ^= "ada"']) {
      expect(await found(filter)).toEqual([username]);
    }
  });

  test('makes no difference of case on addresses where the pool makes none', async () => {
    const { found } = await peopled({ UsernameConfiguration: { CaseSensitive: false } });

    expect(await found('email = "ADA@EXAMPLE.COM"')).toEqual(['ada']);
    expect((await found('email ^= "ADA@"'))?.toSorted()).toEqual(['ada', 'eve']);
    expect(await found('preferred_username = "COUNTESS"')).toEqual(['ada']);
    expect(await found('name = "ADA"')).toEqual([]);
    expect(await found('username = "ada"')).toEqual(['ada']);
    expect(await found('username = "ADA"')).toEqual([]);
  });

  test('tells states apart (pools-and-users 50)', async () => {
    const { client, pool, aUser, found } = await peopled();
    await aUser(pool, { username: 'invited', invited: true });
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'bob' }));

    expect(await found('status = "Disabled"')).toEqual(['bob']);
    expect((await found('status = "Enabled"'))?.toSorted()).toEqual(['Eve', 'ada', 'invited']);
    expect(await found('cognito:user_status = "force_change_password"')).toEqual(['invited']);
    expect(await found('cognito:user_status ^= "F"')).toEqual(['invited']);
  });

  test.each([
    'username = foo',
    'username=',
    'username = "',
    'username = "ada',
    "username = 'ada'",
    'username == "ada"',
    'username != "ada"',
    'username ^ "ada"',
    'username "ada"',
    '= "ada"',
    '"ada"',
    'username = "ada" and name = "Ada"',
    'username = "a"da"',
    'username = "ada\\"',
    String.raw`username = "a\da"`,
    'user name = "ada"',
    '"username = "ada"',
    'username" = "ada"',
    'user-name = "ada"',
  ])('%j cannot be read (pools-and-users 50)', async (Filter) => {
    const { ask } = await listing();

    expect(await ask({ Filter })).toBe('InvalidParameterException: Error while parsing filter');
  });

  test.each(['custom:plan', 'nickname', 'Username', 'email_verified', 'address', 'constructor', '__proto__'])(
    '%s cannot be searched by (pools-and-users 50)',
    async (name) => {
      const { ask } = await listing({ Schema: [{ Name: 'plan', AttributeDataType: 'String' }] });

      for (const Filter of [`${name} = "x"`, `"${name}" ^= "x"`]) {
        expect(await ask({ Filter })).toBe(`InvalidParameterException: Invalid search attribute: ${name}`);
      }
    },
  );

  test('has 256 characters at most, and finds values longer than an index holds', async () => {
    const { aUser, pool, ask, found } = await listing();
    const name = 'x'.repeat(240);
    await aUser(pool, { username: 'long', attributes: { name: `${name}${'y'.repeat(1000)}` } });

    expect(await found(`name ^= "${name}"`)).toEqual(['long']);
    expect(await found(`name = "${name}"`)).toEqual([]);
    expect(await ask({ Filter: `name = "${'x'.repeat(248)}"` })).toMatch(
      "at 'filter' failed to satisfy constraint: Member must have length less than or equal to 256",
    );
  });

  test('reads hostile text in no time', async () => {
    const { ask } = await listing();
    for (const Filter of [`${' '.repeat(255)}x`, `a = "${'\\'.repeat(250)}`, `${'a'.repeat(255)}!`]) {
      expect(await ask({ Filter })).toMatch(/^InvalidParameterException: /);
    }
  });

  test('finds nobody by a value that they no longer have', async () => {
    const { client, pool, found } = await peopled();
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'bob' }));

    expect(await found('name ^= "Bob"')).toEqual([]);
    expect(await found('phone_number ^= "+1"')).toEqual(['ada']);
  });
});

describe('The pages of a list of users', () => {
  test.each([
    [undefined, [60, 5]],
    [0, [60, 5]],
    [60, [60, 5]],
    [1, Array.from({ length: 65 }, () => 1)],
    [20, [20, 20, 20, 5]],
  ])('have %s users at most (pools-and-users 50)', async (Limit, expected) => {
    const { many, walk } = await listing();
    const names = await many(65);
    const { names: walked, sizes } = await walk({ Limit });

    expect(walked.toSorted()).toEqual(names);
    expect(sizes.filter((size) => size > 0)).toEqual(expected);
  });

  test('have no more than 60 users (pools-and-users 50)', async () => {
    const { ask } = await listing();

    for (const [Limit, rule] of [
      [61, 'less than or equal to 60'],
      [-1, 'greater than or equal to 0'],
    ] as const) {
      expect(await ask({ Limit })).toBe(
        `InvalidParameterException: 1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${rule}`,
      );
    }
  });

  test.each(['name ^= "A"', 'status = "Enabled"', 'cognito:user_status ^= "CONF"', 'username ^= "user0"', 'sub ^= ""'])(
    'follow the filter %s (pools-and-users 50)',
    async (Filter) => {
      const { many, walk } = await listing();
      const names = await many(13, (at) => ({ name: at % 2 ? 'Bob' : `Ada ${at}` }));
      const expected = { 'name ^= "A"': names.filter((_, at) => at % 2 === 0), 'sub ^= ""': [] }[Filter] ?? names;
      const { names: walked, sizes } = await walk({ Filter, Limit: 2 });

      expect(walked.toSorted()).toEqual(expected);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
    },
  );

  test('go on after users who are deleted, neither looping nor skipping', async () => {
    const { client, pool, many, list, walk } = await listing();
    const names = await many(9);
    const first = await list({ Limit: 3 });
    const gone = first.Users?.map(({ Username }) => Username) ?? [];
    for (const Username of gone) await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username }));
    const next = await list({ Limit: 60, PaginationToken: first.PaginationToken });

    expect([...gone, ...(next.Users?.map(({ Username }) => Username) ?? [])]).toEqual(names);
    expect((await walk({})).names).toHaveLength(6);
  });

  test('are reached by a token for this list alone', async () => {
    const { call, clock, aPool, pool, many, list } = await listing();
    await many(3, () => ({ name: 'Ada' }));
    const { PaginationToken: token = '' } = await list({ Limit: 1 });
    const { PaginationToken: filtered = '' } = await list({ Limit: 1, Filter: 'name = "Ada"' });
    const other = await aPool();
    const refusedWith = async (given: string, asked: Asked = {}) => {
      const answer = await call('ListUsers', { UserPoolId: pool.id, PaginationToken: given, ...asked });
      return [answer.json, answer.headers['x-amzn-requestid']] as const;
    };

    expect((await list({ PaginationToken: token, Limit: 60, AttributesToGet: ['sub'] })).Users).toHaveLength(2);
    expect((await list({ PaginationToken: filtered, Filter: '"name"="Ada"' })).Users).toHaveLength(2);
    const middle = Math.floor(token.length / 2);
    const altered = token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1);
    for (const [given, asked] of [
      [token, { UserPoolId: other.id }],
      [token, { Filter: 'name = "Ada"' }],
      [filtered, {}],
      [filtered, { Filter: 'name ^= "Ada"' }],
      [filtered, { Filter: 'name = "Bob"' }],
      [altered, {}],
      ['garbage', {}],
    ] as const) {
      const [json, requestId] = await refusedWith(given, asked);
      expect(json).toEqual({
        __type: 'InvalidParameterException',
        message: `Paging marker ${given} is invalid for request ${requestId}`,
      });
    }
    clock.advance(hour - 1);
    expect((await list({ PaginationToken: token })).Users).toHaveLength(2);
    clock.advance(1);
    expect((await refusedWith(token))[0]).toMatchObject({ __type: 'InvalidParameterException' });
  });

  test('tell nothing of where they are', async () => {
    const { pool, many, list } = await listing();
    await many(2, () => ({ email: 'secret@example.com' }));
    const { PaginationToken: token = '' } = await list({ Limit: 1, Filter: 'email ^= "secret"' });

    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    const text = Buffer.from(token, 'base64url').toString('latin1');
    for (const part of ['user0', 'secret', pool.id]) expect(text).not.toContain(part);
  });

  test('show what AdminGetUser shows', async () => {
    const { client, pool, many, list } = await listing();
    await many(2, (at) => ({ name: `Ada ${at}`, email: 'a@b.c', email_verified: 'true' }));
    for (const { Username, Attributes } of (await list()).Users ?? []) {
      const { UserAttributes } = await client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username }));
      expect(recordOf(Attributes)).toEqual(recordOf(UserAttributes));
    }
  });
});
