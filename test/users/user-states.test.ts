/** Every state that users can be in, and everything that moves them: where it leads, or how it is refused. */
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { UserStatus } from '../../lambdas/core/model/user.ts';
import { attributesOf, somePassword } from '../support/builders.ts';
import { confirm, lookAt, refusalOfCall, signIn, signUp, tokenOf } from '../support/people.ts';
import { type Service, startService } from '../support/start-service.ts';

const states: readonly UserStatus[] = [
  'UNCONFIRMED',
  'CONFIRMED',
  'RESET_REQUIRED',
  'FORCE_CHANGE_PASSWORD',
  'EXTERNAL_PROVIDER',
  'ARCHIVED',
  'COMPROMISED',
  'UNKNOWN',
];

const verified = { email: 'fixture@example.com', email_verified: 'true' };
const next = 'Another-Horse-9';

async function aWorld() {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool);
  return { ...service, pool, app };
}

type World = Awaited<ReturnType<typeof aWorld>>;

/** As it would be kept: nothing of the API leads into every state. */
async function put({ ports, pool }: World, username: string, status: UserStatus): Promise<void> {
  const kept = await ports.pools.find(pool.id);
  const user = kept && (await ports.users.find(kept, username));
  if (!kept || !user) throw new Error('There is no such user');
  expect(await ports.users.save(kept, user, { ...user, status })).toBe('saved');
}

/** Through the API where it leads there, all of them with a verified address. */
async function arrive(world: World, username: string, state: UserStatus): Promise<void> {
  const { client, pool, app, aUser } = world;
  const named = { UserPoolId: pool.id, Username: username };
  if (state === 'UNCONFIRMED') {
    await signUp(client, app, { username, attributes: { email: verified.email } });
    const flag = attributesOf({ email_verified: 'true' });
    await client.send(new AdminUpdateUserAttributesCommand({ ...named, UserAttributes: flag }));
    return;
  }
  await aUser(pool, { username, attributes: verified, invited: state === 'FORCE_CHANGE_PASSWORD' });
  if (state === 'RESET_REQUIRED') await client.send(new AdminResetUserPasswordCommand(named));
  else if (state !== 'CONFIRMED' && state !== 'FORCE_CHANGE_PASSWORD') await put(world, username, state);
}

type Call = () => Promise<unknown>;

interface Event {
  readonly title: string;
  /** Brings the user into the state and answers the call that is the event. */
  prepare(world: World, username: string, state: UserStatus): Promise<Call>;
  /** The next state, or the refusal, in the order of `states`. */
  readonly outcomes: readonly string[];
  /** What those hear who are disabled, where that makes a difference. */
  readonly disabled?: Partial<Readonly<Record<UserStatus, string>>>;
}

/** An event that needs nothing but the user. */
const simply =
  (call: (world: World, username: string) => Promise<unknown>): Event['prepare'] =>
  async (world, username, state) => {
    await arrive(world, username, state);
    return () => call(world, username);
  };

/** All but some states. */
const allBut = (others: Partial<Record<UserStatus, string>>, outcome: (state: UserStatus) => string) =>
  states.map((state) => others[state] ?? outcome(state));

const disabledInAll = (outcome: string) => Object.fromEntries(states.map((state) => [state, outcome]));

const notInThisState = 'NotAuthorizedException: User password cannot be reset in the current state.';
const notToBeConfirmed = (state: UserStatus) =>
  `NotAuthorizedException: User cannot be confirmed. Current status is ${state}`;
const sessionSpent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const revoked = 'NotAuthorizedException: Access Token has been revoked';

const setPassword = (Permanent: boolean) =>
  simply(({ client, pool }, Username) =>
    client.send(new AdminSetUserPasswordCommand({ UserPoolId: pool.id, Username, Password: next, Permanent })),
  );

const events: readonly Event[] = [
  {
    title: 'ConfirmSignUp',
    prepare: simply(async ({ client, app, outbox, pool }, username) => {
      const [sent] = await outbox.list({ poolId: pool.id, username, kind: 'SignUp' });
      return confirm(client, app, username, sent?.code ?? '123456');
    }),
    outcomes: allBut({ UNCONFIRMED: 'CONFIRMED' }, notToBeConfirmed),
  },
  {
    title: 'AdminConfirmSignUp',
    prepare: simply(({ client, pool }, Username) =>
      client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username })),
    ),
    outcomes: allBut({ UNCONFIRMED: 'CONFIRMED' }, notToBeConfirmed),
  },
  {
    title: 'ResendConfirmationCode',
    prepare: simply(({ client, app }, Username) =>
      client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username })),
    ),
    outcomes: allBut({ UNCONFIRMED: 'UNCONFIRMED' }, () => 'InvalidParameterException: User is already confirmed.'),
  },
  {
    title: 'AdminCreateUser with RESEND',
    prepare: simply(({ client, pool }, Username) =>
      client.send(new AdminCreateUserCommand({ UserPoolId: pool.id, Username, MessageAction: 'RESEND' })),
    ),
    outcomes: allBut(
      { FORCE_CHANGE_PASSWORD: 'FORCE_CHANGE_PASSWORD' },
      (state) => `UnsupportedUserStateException: Resend not possible. ${state} status is not FORCE_CHANGE_PASSWORD`,
    ),
  },
  {
    title: 'AdminSetUserPassword with a permanent password',
    prepare: setPassword(true),
    outcomes: allBut({ EXTERNAL_PROVIDER: notInThisState }, () => 'CONFIRMED'),
  },
  {
    title: 'AdminSetUserPassword with a temporary password',
    prepare: setPassword(false),
    outcomes: allBut({ EXTERNAL_PROVIDER: notInThisState }, () => 'FORCE_CHANGE_PASSWORD'),
  },
  {
    title: 'The answer to NEW_PASSWORD_REQUIRED',
    async prepare(world, username, state) {
      const { client, app } = world;
      await arrive(world, username, 'FORCE_CHANGE_PASSWORD');
      const { Session } = await signIn(client, app, { username });
      if (state !== 'FORCE_CHANGE_PASSWORD') await put(world, username, state);
      const ChallengeResponses = { USERNAME: username, NEW_PASSWORD: next };
      return () =>
        client.send(
          new RespondToAuthChallengeCommand({
            ClientId: app.id,
            ChallengeName: 'NEW_PASSWORD_REQUIRED',
            Session,
            ChallengeResponses,
          }),
        );
    },
    outcomes: allBut(
      {
        FORCE_CHANGE_PASSWORD: 'CONFIRMED',
        EXTERNAL_PROVIDER: 'NotAuthorizedException: Invalid session for the user.',
      },
      () => sessionSpent,
    ),
    disabled: { FORCE_CHANGE_PASSWORD: 'NotAuthorizedException: User is disabled.' },
  },
  {
    title: 'ChangePassword',
    async prepare(world, username, state) {
      const { client, app } = world;
      await arrive(world, username, 'CONFIRMED');
      const AccessToken = await tokenOf(client, app, { username });
      if (state !== 'CONFIRMED') await put(world, username, state);
      const change = { AccessToken, PreviousPassword: somePassword, ProposedPassword: next };
      return () => client.send(new ChangePasswordCommand(change));
    },
    outcomes: allBut(
      {
        CONFIRMED: 'CONFIRMED',
        UNCONFIRMED: 'UserNotConfirmedException: User is not confirmed.',
        RESET_REQUIRED: 'PasswordResetRequiredException: Password reset required for the user',
      },
      () => notInThisState,
    ),
    disabled: disabledInAll(revoked),
  },
  {
    title: 'AdminResetUserPassword',
    prepare: simply(({ client, pool }, Username) =>
      client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username })),
    ),
    outcomes: allBut({ CONFIRMED: 'RESET_REQUIRED', RESET_REQUIRED: 'RESET_REQUIRED' }, () => notInThisState),
    disabled: disabledInAll('NotAuthorizedException: User is disabled'),
  },
  {
    title: 'ForgotPassword',
    prepare: simply(({ client, app }, Username) =>
      client.send(new ForgotPasswordCommand({ ClientId: app.id, Username })),
    ),
    outcomes: allBut(
      {
        CONFIRMED: 'CONFIRMED',
        RESET_REQUIRED: 'RESET_REQUIRED',
        UNCONFIRMED:
          'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number',
      },
      () => notInThisState,
    ),
    disabled: disabledInAll('NotAuthorizedException: User is disabled.'),
  },
  {
    title: 'ConfirmForgotPassword',
    async prepare(world, username, state) {
      const { client, app, outbox, pool } = world;
      await arrive(world, username, 'CONFIRMED');
      await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: username }));
      const ConfirmationCode = await outbox.codeFor({ poolId: pool.id, username });
      if (state !== 'CONFIRMED') await put(world, username, state);
      const reset = { ClientId: app.id, Username: username, ConfirmationCode, Password: next };
      return () => client.send(new ConfirmForgotPasswordCommand(reset));
    },
    outcomes: allBut(
      {
        CONFIRMED: 'CONFIRMED',
        RESET_REQUIRED: 'CONFIRMED',
        UNCONFIRMED: 'UserNotConfirmedException: User is not confirmed.',
      },
      () => notInThisState,
    ),
  },
  {
    title: 'AdminDisableUser',
    prepare: simply(({ client, pool }, Username) =>
      client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username })),
    ),
    outcomes: states,
  },
  {
    title: 'AdminEnableUser',
    prepare: simply(({ client, pool }, Username) =>
      client.send(new AdminEnableUserCommand({ UserPoolId: pool.id, Username })),
    ),
    outcomes: states,
  },
];

/** The state afterwards, or the refusal, which has to leave everything as it was. */
async function outcomeOf({ client, pool }: World, username: string, call: Call) {
  const before = await lookAt(client, pool, username);
  const refused = await refusalOfCall(call());
  const after = await lookAt(client, pool, username);
  if (refused !== 'nothing is refused') expect(after).toEqual(before);
  return { outcome: refused === 'nothing is refused' ? after.status : refused, enabled: after.enabled };
}

/** By state: whoever is in it has its name. */
async function outcomesOf(world: World, event: Event, prior: (username: string) => Promise<unknown> = async () => {}) {
  const outcomes = [];
  for (const state of states) {
    const call = await event.prepare(world, state, state);
    await prior(state);
    outcomes.push([state, await outcomeOf(world, state, call)] as const);
  }
  return Object.fromEntries(outcomes);
}

describe.each(events)('$title', (event) => {
  const expected = (of: (state: UserStatus, outcome: string) => string, enabled: boolean) =>
    Object.fromEntries(states.map((state, at) => [state, { outcome: of(state, event.outcomes[at] ?? ''), enabled }]));

  test('leads every user on, or is refused, by the state they are in (pools-and-users 42)', async () => {
    const world = await aWorld();

    expect(await outcomesOf(world, event)).toEqual(
      expected((_, outcome) => outcome, event.title !== 'AdminDisableUser'),
    );
  });

  test('does the same to whoever is disabled, unless that stands against it (pools-and-users 42)', async () => {
    const world = await aWorld();
    const disable = (Username: string) =>
      world.client.send(new AdminDisableUserCommand({ UserPoolId: world.pool.id, Username }));

    expect(await outcomesOf(world, event, disable)).toEqual(
      expected((state, outcome) => event.disabled?.[state] ?? outcome, event.title === 'AdminEnableUser'),
    );
  });
});

test('A new user is UNCONFIRMED, invited, or confirmed where there is no password (pools-and-users 42)', async () => {
  const { client, aPool, aClient }: Pick<Service, 'client' | 'aPool' | 'aClient'> = await startService();
  const pool = await aPool({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } });
  const create = (Username: string, TemporaryPassword?: string) =>
    client.send(new AdminCreateUserCommand({ UserPoolId: pool.id, Username, TemporaryPassword }));
  await signUp(client, await aClient(pool), { username: 'registered' });
  await create('invited', somePassword);
  await create('without');

  const found = await Promise.all(['registered', 'invited', 'without'].map((name) => lookAt(client, pool, name)));
  expect(found.map(({ username, status, enabled }) => [username, status, enabled])).toEqual([
    ['registered', 'UNCONFIRMED', true],
    ['invited', 'FORCE_CHANGE_PASSWORD', true],
    ['without', 'CONFIRMED', true],
  ]);
});
