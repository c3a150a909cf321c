/** What whole requests cost of the database, from the first byte to the answer, as docs/data-model.md says it. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  ConfirmSignUpCommand,
  CreateGroupCommand,
  type CreateUserPoolClientCommandInput,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { attributesOf, somePassword } from '../support/builders.ts';
import { recordingMessenger } from '../support/recording-messenger.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { refusal, type SigningIn, signingIn, type Tokens } from '../support/signing-in.ts';
import { srpClient } from '../support/srp-client.ts';
import { type Service, startService } from '../support/start-service.ts';
import { testTable } from '../support/table.ts';
import { testPorts } from '../support/test-ports.ts';

/** About 1.4 KB as a row with a password, 1 KB of it in lists. */
const typical = {
  email_verified: 'true',
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  profile: `https://example.com/${'x'.repeat(680)}`,
};

interface Price {
  readonly trips: number;
  readonly reads: number;
  /** Without those of indexes. */
  readonly writes: number;
  readonly indexes: number;
}

const price = (trips: number, reads: number, writes = 0, indexes = 0): Price => ({ trips, reads, writes, indexes });

interface Room {
  readonly service: Service;
  readonly app: { readonly id: string; readonly poolId: string };
  readonly signIn: SigningIn;
  /** Of `ada`, who signed in just before. */
  readonly tokens: Tokens;
  readonly sentCode: () => string;
}

interface Path {
  readonly name: string;
  /** With other writers, so that the version of the configuration is read; and alone on one machine. */
  readonly always: Price;
  readonly never: Price;
  readonly settings?: Partial<CreateUserPoolClientCommandInput>;
  readonly before?: (room: Room) => Promise<unknown>;
  readonly run: (room: Room, prepared: unknown) => Promise<unknown>;
}

const wrongPassword = ({ signIn }: Room) => refusal(signIn.byPassword('ada', 'Wrong-Horse-9'));
const refreshed = ({ service, app, tokens }: Room) =>
  service.client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken: tokens.refresh, ClientId: app.id }));

const signUp = ({ service, app }: Room) =>
  service.client.send(
    new SignUpCommand({
      ClientId: app.id,
      Username: 'bob',
      Password: somePassword,
      UserAttributes: attributesOf({ ...withoutFlag, email: 'bob@example.com' }),
    }),
  );
const { email_verified: _, ...withoutFlag } = typical;

/** Three groups, which the process has met in a sign-in before. */
async function inGroups({ service, app, signIn }: Room): Promise<void> {
  const { client } = service;
  for (const GroupName of ['one', 'two', 'three']) {
    await client.send(new CreateGroupCommand({ UserPoolId: app.poolId, GroupName, RoleArn: aRole, Precedence: 1 }));
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId: app.poolId, GroupName, Username: 'ada' }));
  }
  await signIn.tokens('ada');
}
const aRole = 'arn:aws:iam::000000000000:role/some-role';

async function sixtyMembers(room: Room): Promise<void> {
  await inGroups(room);
  await sixtyUsers(room);
  const { service, app } = room;
  const add = (Username: string) =>
    service.client.send(new AdminAddUserToGroupCommand({ UserPoolId: app.poolId, GroupName: 'one', Username }));
  await Promise.all(Array.from({ length: 60 }, (_each, index) => add(`user-${index}`)));
}

async function sixtyUsers({ service, app }: Room): Promise<void> {
  const create = (index: number) =>
    new AdminCreateUserCommand({
      UserPoolId: app.poolId,
      Username: `user-${index}`,
      MessageAction: 'SUPPRESS',
      TemporaryPassword: somePassword,
      UserAttributes: attributesOf({ ...typical, email: `user-${index}@example.com` }),
    });
  await Promise.all(Array.from({ length: 60 }, (_each, index) => service.client.send(create(index))));
}

const list =
  (Filter?: string) =>
  async ({ service, app }: Room): Promise<void> => {
    const { Users } = await service.client.send(new ListUsersCommand({ UserPoolId: app.poolId, Limit: 60, Filter }));
    expect(Users).toHaveLength(60);
  };

const paths: readonly Path[] = [
  {
    name: 'a password sign-in by username',
    always: price(1, 1.5),
    never: price(1, 1),
    run: ({ signIn }) => signIn.tokens('ada'),
  },
  {
    name: 'a password sign-in by an alias',
    always: price(2, 2.5),
    never: price(2, 2),
    run: ({ signIn }) => signIn.tokens('ada@example.com'),
  },
  {
    name: 'a password sign-in of somebody in groups',
    always: price(1, 1.5),
    never: price(1, 1),
    before: inGroups,
    run: ({ signIn }) => signIn.tokens('ada'),
  },
  {
    name: 'a refresh of somebody in groups',
    always: price(1, 2.5),
    never: price(1, 2),
    before: inGroups,
    run: ({ signIn, tokens }) => signIn.refresh(tokens.refresh),
  },
  { name: 'a wrong password', always: price(2, 1.5, 1), never: price(2, 1, 1), run: wrongPassword },
  {
    name: 'another wrong password',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    before: wrongPassword,
    run: wrongPassword,
  },
  {
    name: 'a right password after a wrong one',
    always: price(3, 1.5, 2),
    never: price(3, 1, 2),
    before: wrongPassword,
    run: ({ signIn }) => signIn.tokens('ada'),
  },
  {
    name: 'the first leg of SRP',
    always: price(1, 1.5),
    never: price(1, 1),
    run: ({ signIn }) => signIn.challengeOf('ada'),
  },
  {
    name: 'the second leg of SRP',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    async before({ service, app, signIn }) {
      const srp = srpClient();
      const challenge = await signIn.challengeOf('ada', srp);
      return srp.answer(challenge, { poolId: app.poolId, password: somePassword, at: service.ports.clock.now() });
    },
    // What was prepared just above.
    run: ({ signIn }, responses) => signIn.respond('PASSWORD_VERIFIER', responses as Record<string, string>),
  },
  {
    name: 'a refresh by InitiateAuth',
    always: price(1, 2.5),
    never: price(1, 2),
    run: ({ signIn, tokens }) => signIn.refresh(tokens.refresh),
  },
  { name: 'a refresh without rotation', always: price(1, 2.5), never: price(1, 2), run: refreshed },
  {
    name: 'a refresh with rotation',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    settings: {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    },
    run: refreshed,
  },
  {
    name: 'a revocation',
    always: price(2, 0.5, 1),
    never: price(1, 0, 1),
    run: ({ service, app, tokens }) =>
      service.client.send(new RevokeTokenCommand({ Token: tokens.refresh, ClientId: app.id })),
  },
  {
    name: 'GetUser',
    always: price(1, 2.5),
    never: price(1, 2),
    run: ({ service, tokens }) => service.client.send(new GetUserCommand({ AccessToken: tokens.access })),
  },
  { name: 'SignUp, with a code', always: price(2, 0.5, 10, 7), never: price(1, 0, 10, 7), run: signUp },
  {
    name: 'ConfirmSignUp, which makes the address an alias',
    always: price(3, 1.5, 9, 3),
    never: price(3, 1, 9, 3),
    before: signUp,
    run: ({ service, app, sentCode }) =>
      service.client.send(
        new ConfirmSignUpCommand({ ClientId: app.id, Username: 'bob', ConfirmationCode: sentCode() }),
      ),
  },
  {
    name: 'a page of 60 users',
    always: price(2, 8),
    never: price(1, 7.5),
    before: sixtyUsers,
    run: list(),
  },
  {
    name: 'a page of 60 users by a filter',
    always: price(3, 31),
    never: price(2, 30.5),
    before: sixtyUsers,
    run: list('given_name = "Ada"'),
  },
  {
    name: 'a page of 60 members of a group',
    always: price(4, 63),
    never: price(3, 62.5),
    before: sixtyMembers,
    async run({ service, app }) {
      const asked = { UserPoolId: app.poolId, GroupName: 'one', Limit: 60 };
      const { Users } = await service.client.send(new ListUsersInGroupCommand(asked));
      expect(Users).toHaveLength(60);
    },
  },
  {
    name: 'AdminAddUserToGroup',
    always: price(4, 2.5, 8, 1),
    never: price(3, 2, 8, 1),
    async before({ service, app, signIn }) {
      await service.client.send(new CreateGroupCommand({ UserPoolId: app.poolId, GroupName: 'one' }));
      await signIn.tokens('ada');
    },
    run: ({ service, app }) =>
      service.client.send(
        new AdminAddUserToGroupCommand({ UserPoolId: app.poolId, GroupName: 'one', Username: 'ada' }),
      ),
  },
];

/** A process that has served a request like this one before. */
async function measured(versionCheck: 'always' | 'never', { name, settings, before, run }: Path): Promise<Price> {
  const tally = tallying();
  const messenger = recordingMessenger();
  const ports = testPorts({
    clock: stillClock(Date.UTC(2026, 8, 1)),
    random: seededRandom(`the budget of ${name}, ${versionCheck}`),
    logger: { write: () => {}, record: () => {} },
    table: testTable({ observe: tally.observe }),
    messenger,
    versionCheck,
  });
  const service = await startService({ ports });
  const pool = await service.aPool({ AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool, settings);
  await service.aUser(pool, { username: 'ada', attributes: { ...typical, email: 'ada@example.com' } });
  const signIn = signingIn(service, app);
  const sentCode = () => messenger.sent.at(-1)?.code ?? '';
  const room = { service, app, signIn, tokens: await signIn.tokens('ada'), sentCode };
  const prepared = await before?.(room);
  // Digests are made with the oldest key of the table, which an instance reads once.
  await service.ports.sealer.digest('', { purpose: 'code', poolId: pool.id });
  tally.start();
  await run(room, prepared);
  const { roundTrips, readUnits, writeUnits, indexUnits } = tally.total();
  const indexes = writeUnits > 0 ? indexUnits : 0;
  return price(roundTrips, readUnits, writeUnits - indexes, indexes);
}

describe.each(['always', 'never'] as const)('With the version checked %s,', (versionCheck) => {
  test.each(paths)('$name costs what it did', async (path) => {
    expect(await measured(versionCheck, path)).toEqual(path[versionCheck]);
  });
});

describe('Who is nobody', () => {
  test.each(['always', 'never'] as const)('costs as much as somebody, with the version checked %s', async (check) => {
    const settings = { PreventUserExistenceErrors: 'ENABLED' as const };
    const wrong = (name: string): Path => ({
      name: `wrong as ${name}`,
      always: price(0, 0),
      never: price(0, 0),
      settings,
      run: ({ signIn }) => refusal(signIn.byPassword(name, 'Wrong-Horse-9')),
    });
    const first = (name: string): Path => ({
      ...wrong(name),
      name: `first leg as ${name}`,
      run: ({ signIn }) => signIn.challengeOf(name),
    });
    expect(await measured(check, wrong('nobody'))).toEqual(await measured(check, wrong('ada')));
    expect(await measured(check, wrong('no@example.com'))).toEqual(await measured(check, wrong('ada@example.com')));
    expect(await measured(check, first('nobody'))).toEqual(await measured(check, first('ada')));
    expect(await measured(check, first('no@example.com'))).toEqual(await measured(check, first('ada@example.com')));
  });
});
