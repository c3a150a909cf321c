/** Functions that change the very user, client or pool that they run for, before the operation goes on. */
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  ForgotPasswordCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { TriggerEvent } from '../../../lambdas/core/ports/triggers.ts';
import { type Behaviour, echo, type HostilePoint, hostileRoom, responding } from '../../support/hostile-functions.ts';
import { refusal } from '../../support/signing-in.ts';

type Room = Awaited<ReturnType<typeof hostileRoom>>;
type Meddle = (room: Room, Username: string) => Promise<unknown>;

const otherPassword = 'Another-Horse-7';

const removed: Meddle = ({ client, pool }, Username) =>
  client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username }));

const invited: Meddle = ({ client, pool }, Username) =>
  client.send(
    new AdminCreateUserCommand({
      UserPoolId: pool.id,
      Username,
      MessageAction: 'SUPPRESS',
      TemporaryPassword: otherPassword,
    }),
  );

const withPassword: Meddle = ({ client, pool }, Username) =>
  client.send(
    new AdminSetUserPasswordCommand({ UserPoolId: pool.id, Username, Password: otherPassword, Permanent: true }),
  );

/** What a function may do to the user, after which nobody may be signed in by what was proven before. */
const meddling: Readonly<Record<string, Meddle>> = {
  'deletes them': removed,
  'disables them': ({ client, pool }, Username) =>
    client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username })),
  'resets their password': ({ client, pool }, Username) =>
    client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username })),
  'sets another password': withPassword,
  'gives their name to somebody else': async (room, Username) => {
    await removed(room, Username);
    await invited(room, Username);
    await withPassword(room, Username);
  },
};

/** Runs it the first time alone. */
function meddler(room: Room, meddle: Meddle): Behaviour {
  let isDone = false;
  return async (event) => {
    const isFirst = !isDone;
    isDone = true;
    if (isFirst) await meddle(room, event.userName ?? '');
    return echo(event);
  };
}

async function aRoom(points: readonly HostilePoint[]) {
  return hostileRoom({ points, patience: { timeout: 5000 } });
}

const isIn = (outcome: string): boolean => outcome.includes('AccessToken');

describe.each(['PreAuthentication', 'PostAuthentication'] as const)('A function at %s that', (point) => {
  test.each(Object.entries(meddling))('%s lets nobody in with the password of before', async (_what, meddle) => {
    const room = await aRoom([point]);
    const { signIn, have } = room;
    have(point, meddler(room, meddle));
    const outcome = await refusal(signIn.byPassword('ada'));
    expect(outcome).toMatch(/^(NotAuthorized|UserNotFound|PasswordReset|UserNotConfirmed)/);
    expect(isIn(await refusal(signIn.byPassword('ada')))).toBe(false);
  });
});

describe('A function at PreTokenGeneration that', () => {
  test.each(Object.entries(meddling))('%s issues no token that is good for anything', async (what, meddle) => {
    const room = await aRoom(['PreTokenGeneration']);
    const { signIn, have, client, clock } = room;
    have('PreTokenGeneration', meddler(room, meddle));
    const { AuthenticationResult: tokens } = await signIn
      .byPassword('ada')
      .catch(() => ({ AuthenticationResult: undefined }));
    clock.advance(1000);
    if (!tokens || what === 'sets another password') return;
    const look = new GetUserCommand({ AccessToken: tokens.AccessToken });
    const looked = await refusal(client.send(look));
    // Whoever has to reset a password is not signed out by it.
    if (what !== 'resets their password') expect(looked).toMatch(/^(NotAuthorized|UserNotFound)/);
    expect(isIn(await refusal(signIn.refresh(tokens.RefreshToken ?? '')))).toBe(false);
  });

  test('signs them out everywhere ends what comes of this sign-in as well', async () => {
    const room = await aRoom(['PreTokenGeneration']);
    const { signIn, have, client, pool } = room;
    const out = (Username: string) => new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username });
    have(
      'PreTokenGeneration',
      meddler(room, (_room, name) => client.send(out(name))),
    );
    const { AuthenticationResult: tokens } = await signIn.byPassword('ada');
    expect(await refusal(client.send(new GetUserCommand({ AccessToken: tokens?.AccessToken })))).toMatch(
      /^NotAuthorized/,
    );
    expect(isIn(await refusal(signIn.refresh(tokens?.RefreshToken ?? '')))).toBe(false);
  });

  test.each(Object.entries(meddling))('%s while they refresh issues no better one', async (what, meddle) => {
    const room = await aRoom(['PreTokenGeneration']);
    const { signIn, have, client } = room;
    const before = await signIn.tokens('ada');
    have('PreTokenGeneration', meddler(room, meddle));
    const { AuthenticationResult: tokens } = await signIn
      .refresh(before.refresh)
      .catch(() => ({ AuthenticationResult: undefined }));
    if (!tokens || what === 'sets another password') return;
    const looked = await refusal(client.send(new GetUserCommand({ AccessToken: tokens.AccessToken })));
    if (what !== 'resets their password') expect(looked).toMatch(/^(NotAuthorized|UserNotFound)/);
    expect(isIn(await refusal(signIn.refresh(before.refresh)))).toBe(false);
  });
});

describe.each(['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'] as const)(
  'A function at %s that',
  (point) => {
    const answers: Readonly<Record<typeof point, (event: TriggerEvent) => unknown>> = {
      DefineAuthChallenge: ({ request }) =>
        Array.isArray(request['session']) && request['session'].length > 0
          ? { issueTokens: true, failAuthentication: false }
          : { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false },
      CreateAuthChallenge: () => ({ publicChallengeParameters: {}, privateChallengeParameters: {} }),
      VerifyAuthChallengeResponse: () => ({ answerCorrect: true }),
    };
    const whoever = ['deletes them', 'disables them', 'gives their name to somebody else'];

    test.each(Object.entries(meddling).filter(([what]) => whoever.includes(what)))(
      '%s lets nobody in, now or under the same session later',
      async (_what, meddle) => {
        const room = await aRoom(['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse']);
        const { signIn, have } = room;
        for (const [one, answer] of Object.entries(answers)) {
          have(one as HostilePoint, (event) => responding(answer(event))(event));
        }
        const meddles = meddler(room, meddle);
        have(point, async (event) => {
          await meddles(event);
          return responding(answers[point](event))(event);
        });
        const enter = async () => {
          const { Session } = await signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' });
          const respond = () => signIn.respond('CUSTOM_CHALLENGE', { USERNAME: 'ada', ANSWER: 'x' }, Session);
          const first = await refusal(respond());
          return [first, await refusal(respond())];
        };
        const outcomes = await enter().catch((error: Error) => [error.name]);
        expect(outcomes.filter(isIn)).toEqual([]);
      },
    );
  },
);

describe('A function at PreSignUp that', () => {
  const stateOf = async ({ client, pool }: Room, Username: string) =>
    client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username })).then(
      ({ UserStatus }) => UserStatus,
      (error: Error) => error.name,
    );

  test('registers the same name itself leaves one of them', async () => {
    const room = await aRoom(['PreSignUp']);
    room.have(
      'PreSignUp',
      meddler(room, (_room, name) => room.register(name)),
    );
    expect(await refusal(room.register('eve'))).toMatch(/^UsernameExists/);
    expect(await stateOf(room, 'eve')).toBe('UNCONFIRMED');
  });

  test.each(['the client', 'the pool'])('deletes %s leaves nobody half-made', async (what) => {
    const room = await aRoom(['PreSignUp']);
    const { client, pool, app } = room;
    const gone =
      what === 'the pool'
        ? new DeleteUserPoolCommand({ UserPoolId: pool.id })
        : new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id });
    room.have(
      'PreSignUp',
      meddler(room, () => client.send(gone as never)),
    );
    expect(await refusal(room.register('eve'))).toMatch(/^(ResourceNotFound|answered)/);
    expect(await stateOf(room, 'eve')).toMatch(what === 'the pool' ? /^ResourceNotFound/ : /^(UNCONF|UserNotFound)/);
  });
});

describe('A function at PostConfirmation or CustomMessage that', () => {
  test.each([...Object.entries(meddling)])('%s brings nobody back', async (what, meddle) => {
    const room = await aRoom(['PostConfirmation']);
    const { client, app, pool, codeFor } = room;
    await room.register('eve');
    room.have('PostConfirmation', meddler(room, meddle));
    const code = await codeFor('eve@example.com');
    const confirm = new ConfirmSignUpCommand({ ClientId: app.id, Username: 'eve', ConfirmationCode: code });
    const outcome = await refusal(client.send(confirm));
    expect(outcome).toMatch(/^(answered|UserNotFound|NotAuthorized|InvalidParameter)/);
    const found = await refusal(client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'eve' })));
    if (what === 'deletes them') expect(found).toMatch(/^UserNotFound/);
    if (what !== 'resets their password') expect(isIn(await refusal(room.signIn.byPassword('eve')))).toBe(false);
  });

  test('confirms the user while their first code is written sends it, and it is of no use', async () => {
    const room = await aRoom(['CustomMessage']);
    const { client, app, pool, codeFor } = room;
    const confirmed = (Username: string) => new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username });
    room.have(
      'CustomMessage',
      meddler(room, (_room, name) => client.send(confirmed(name))),
    );
    await room.register('eve');
    const code = await codeFor('eve@example.com');
    const confirm = new ConfirmSignUpCommand({ ClientId: app.id, Username: 'eve', ConfirmationCode: code });
    expect(await refusal(client.send(confirm))).toMatch(/^NotAuthorized/);
  });

  test('gives the name of a deleted user to another one leads no code to them', async () => {
    const room = await aRoom(['CustomMessage']);
    const { client, app, pool, outbox } = room;
    room.have('CustomMessage', meddler(room, meddling['gives their name to somebody else'] ?? removed));
    const forget = new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' });
    await refusal(client.send(forget));
    const sent = await outbox.last({ poolId: pool.id, to: 'ada@example.com' }).catch(() => undefined);
    const confirm = new ConfirmForgotPasswordCommand({
      ClientId: app.id,
      Username: 'ada',
      ConfirmationCode: sent?.code ?? '000000',
      Password: 'Taken-Over-5',
    });
    expect(await refusal(client.send(confirm))).not.toMatch(/^answered/);
    expect(isIn(await refusal(room.signIn.byPassword('ada', 'Taken-Over-5')))).toBe(false);
  });
});
