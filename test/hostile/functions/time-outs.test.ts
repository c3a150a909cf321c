/** Functions that do not answer in time: what the caller hears, and what is left of what was begun. */
import {
  AdminGetUserCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { type HostilePoint, hostileRoom, responding, slow } from '../../support/hostile-functions.ts';
import { refusal, tokensOf } from '../../support/signing-in.ts';

const late = (point: HostilePoint) =>
  `UnexpectedLambdaException: ${point} invocation failed due to error Socket timeout while invoking Lambda function.`;

const room = async (point: HostilePoint, more: Parameters<typeof hostileRoom>[0] = {}) => {
  const made = await hostileRoom({ points: [point], ...more });
  const { client, pool, app } = made;
  return {
    ...made,
    late: () => made.have(point, slow),
    stateOf: (Username: string) =>
      client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username })).then(
        ({ UserStatus }) => UserStatus,
        (error: Error) => error.name,
      ),
    confirm: (Username: string, ConfirmationCode: string) =>
      client.send(new ConfirmSignUpCommand({ ClientId: app.id, Username, ConfirmationCode })),
  };
};

describe('A function that is late', () => {
  test('at PreSignUp leaves nobody behind, and the name is free', async () => {
    const { register, late: delayed, calm, stateOf } = await room('PreSignUp');
    delayed();
    expect(await refusal(register('eve'))).toBe(late('PreSignUp'));
    expect(await stateOf('eve')).toBe('UserNotFoundException');
    calm();
    expect(await refusal(register('eve'))).toMatch(/^answered/);
  });

  test('at PostConfirmation leaves somebody confirmed, who signs in', async () => {
    const { register, late: delayed, stateOf, codeFor, confirm, signIn } = await room('PostConfirmation');
    await register('eve');
    const code = await codeFor('eve@example.com');
    delayed();
    expect(await refusal(confirm('eve', code))).toBe(late('PostConfirmation'));
    expect(await stateOf('eve')).toBe('CONFIRMED');
    expect((await signIn.byPassword('eve')).AuthenticationResult).toBeDefined();
    expect(await refusal(confirm('eve', code))).toMatch(/^(NotAuthorized|ExpiredCode)/);
  });

  test('at CustomMessage loses neither the user nor the way to a code', async () => {
    const made = await room('CustomMessage');
    const { register, late: delayed, calm, stateOf, codeFor, confirm, client, app } = made;
    delayed();
    expect(await refusal(register('eve'))).toBe(late('CustomMessage'));
    expect(await stateOf('eve')).toBe('UNCONFIRMED');
    calm();
    await client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'eve' }));
    expect(await refusal(confirm('eve', await codeFor('eve@example.com')))).toMatch(/^answered/);
  });

  test('after a forgotten password was replaced leaves the new one, and the code spent', async () => {
    const { late: delayed, codeFor, client, app, signIn } = await room('PostConfirmation');
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
    const ConfirmationCode = await codeFor('ada@example.com');
    delayed();
    const replaced = (Password: string) =>
      refusal(
        client.send(
          new ConfirmForgotPasswordCommand({ ClientId: app.id, Username: 'ada', ConfirmationCode, Password }),
        ),
      );
    expect(await replaced('Another-Horse-7')).toBe(late('PostConfirmation'));
    expect(await replaced('Yet-Another-8')).toMatch(/^ExpiredCode/);
    expect((await signIn.byPassword('ada', 'Another-Horse-7')).AuthenticationResult).toBeDefined();
  });

  test.each(['PreAuthentication', 'PostAuthentication', 'PreTokenGeneration'] as const)(
    'at %s lets nobody in, and locks nobody out',
    async (point) => {
      const { late: delayed, calm, signIn } = await room(point);
      delayed();
      for (let count = 0; count < 7; count += 1) expect(await refusal(signIn.byPassword('ada'))).toBe(late(point));
      calm();
      expect((await signIn.byPassword('ada')).AuthenticationResult).toBeDefined();
    },
  );

  test.each([true, false])('burns no refresh token (rotation: %s)', async (isRotating) => {
    const client = isRotating
      ? {
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const],
          RefreshTokenRotation: { Feature: 'ENABLED' as const, RetryGracePeriodSeconds: 0 },
        }
      : {};
    const { late: delayed, calm, signIn, client: api, app } = await room('PreTokenGeneration', { client });
    const { refresh: RefreshToken } = tokensOf(await signIn.byPassword('ada'));
    const refreshed = () => refusal(api.send(new GetTokensFromRefreshTokenCommand({ ClientId: app.id, RefreshToken })));
    delayed();
    expect(await Promise.all([refreshed(), refreshed()])).toEqual(Array(2).fill(late('PreTokenGeneration')));
    calm();
    expect(await refreshed()).toMatch(/^answered/);
  });

  test('at UserMigration brings nobody over, and does not use up the guesses of who has the password', async () => {
    const { late: delayed, have, stateOf, signIn } = await room('UserMigration');
    delayed();
    for (let count = 0; count < 3; count += 1) {
      expect(await refusal(signIn.byPassword('eve', 'Their-Password-1'))).toBe(late('UserMigration'));
    }
    expect(await stateOf('eve')).toBe('UserNotFoundException');
    const userAttributes = { email: 'eve@example.com', email_verified: 'true' };
    have('UserMigration', responding({ userAttributes, finalUserStatus: 'CONFIRMED', messageAction: 'SUPPRESS' }));
    expect((await signIn.byPassword('eve', 'Their-Password-1')).AuthenticationResult).toBeDefined();
  });

  test('at one step of a custom sign-in spends the session at most, and never lets it be answered twice', async () => {
    const made = await hostileRoom({
      points: ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'],
    });
    const { signIn, have } = made;
    const ask = { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false };
    have('DefineAuthChallenge', responding(ask));
    have('VerifyAuthChallengeResponse', slow);
    const { Session } = await signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' });
    const answer = () => refusal(signIn.respond('CUSTOM_CHALLENGE', { USERNAME: 'ada', ANSWER: 'x' }, Session));
    const both = await Promise.all([answer(), answer()]);
    expect(both.filter((outcome) => outcome === late('VerifyAuthChallengeResponse'))).toHaveLength(1);
    have('DefineAuthChallenge', responding({ issueTokens: true, failAuthentication: false }));
    have('VerifyAuthChallengeResponse', responding({ answerCorrect: true }));
    expect(await answer()).toMatch(/^NotAuthorized/);
  });

  test('holds nobody else up', async () => {
    const { late: delayed, register, service } = await room('PreSignUp', { patience: { timeout: 150, attempts: 1 } });
    delayed();
    const begun = performance.now();
    const waiting = Array.from({ length: 20 }, (_, count) => refusal(register(`person-${count}`)));
    const other = await service.aPool();
    await service.aUser(other);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([late('PreSignUp')]));
    // Side by side, not one after the other, however busy the machine is.
    expect(performance.now() - begun).toBeLessThan(20 * 150);
  });
});

test('A name that migration is asked for side by side becomes one user', async () => {
  const { have, signIn, events, client, pool } = await hostileRoom({
    points: ['UserMigration'],
    patience: { timeout: 5000 },
  });
  const userAttributes = { email: 'eve@example.com', email_verified: 'true' };
  have('UserMigration', responding({ userAttributes, finalUserStatus: 'CONFIRMED', messageAction: 'SUPPRESS' }));
  const outcomes = await Promise.all(
    ['One-Password-1', 'One-Password-1', 'Two-Password-2'].map((password) =>
      refusal(signIn.byPassword('eve', password)),
    ),
  );
  expect(outcomes.some((outcome) => outcome.startsWith('answered'))).toBe(true);
  expect(events.length).toBeGreaterThan(0);
  const { UserStatus } = await client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'eve' }));
  expect(UserStatus).toBe('CONFIRMED');
  const works = await Promise.all(
    ['One-Password-1', 'Two-Password-2'].map((password) => refusal(signIn.byPassword('eve', password))),
  );
  expect(works.filter((outcome) => outcome.startsWith('answered'))).toHaveLength(1);
});
