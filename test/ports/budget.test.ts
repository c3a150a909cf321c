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
import { measured, type Price, price, type Room, typical } from '../support/budgets.ts';
import { attributesOf, somePassword } from '../support/builders.ts';
import { refusal } from '../support/signing-in.ts';
import { srpClient } from '../support/srp-client.ts';

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

const costOf = (versionCheck: 'always' | 'never', { name, settings, before, run }: Path): Promise<Price> =>
  measured(versionCheck, {
    name,
    ...(settings && { settings }),
    async ready(room) {
      const prepared = await before?.(room);
      return () => run(room, prepared);
    },
  });

describe.each(['always', 'never'] as const)('With the version checked %s,', (versionCheck) => {
  test.each(paths)('$name costs what it did', async (path) => {
    expect(await costOf(versionCheck, path)).toEqual(path[versionCheck]);
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
    expect(await costOf(check, wrong('nobody'))).toEqual(await costOf(check, wrong('ada')));
    expect(await costOf(check, wrong('no@example.com'))).toEqual(await costOf(check, wrong('ada@example.com')));
    expect(await costOf(check, first('nobody'))).toEqual(await costOf(check, first('ada')));
    expect(await costOf(check, first('no@example.com'))).toEqual(await costOf(check, first('ada@example.com')));
  });
});
