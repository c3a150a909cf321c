/** Functions that answer what no function should: the service refuses it in the words of the API, and lives on. */
import {
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { type HostilePoint, hostileRoom, respondingText } from '../../support/hostile-functions.ts';
import { refusal, sessionOf } from '../../support/signing-in.ts';

type Room = Awaited<ReturnType<typeof hostileRoom>>;

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepMap = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const huge = JSON.stringify('x'.repeat(1_000_000));

/** Values as JSON text, such as may stand in place of any member. */
const values: readonly string[] = [
  'null',
  'true',
  '0',
  '-1e308',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff x \\ud800"',
  '"\\u202e\\r\\nBcc: eve@example.com"',
  '[]',
  '["a","a"]',
  '[null]',
  '{}',
  '{"__proto__":{"autoConfirmUser":true}}',
  '{"__proto__":"x","constructor":"y","toString":"z","":"empty"}',
  '{"a":"\\ud800","\\udc00":"b","c":"\\u0000"}',
  '{"a":{"b":1}}',
  deep(20_000),
  deepMap(20_000),
  huge,
  `{"x":${huge}}`,
];

const members: Readonly<Record<HostilePoint, readonly string[]>> = {
  PreSignUp: ['autoConfirmUser', 'autoVerifyEmail', 'autoVerifyPhone'],
  CustomMessage: ['emailMessage', 'emailSubject', 'smsMessage'],
  PostConfirmation: ['anything'],
  PreAuthentication: ['anything'],
  PostAuthentication: ['anything'],
  DefineAuthChallenge: ['challengeName', 'issueTokens', 'failAuthentication'],
  CreateAuthChallenge: ['publicChallengeParameters', 'privateChallengeParameters', 'challengeMetadata'],
  VerifyAuthChallengeResponse: ['answerCorrect'],
  UserMigration: ['userAttributes', 'finalUserStatus', 'messageAction', 'desiredDeliveryMediums', 'enableSMSMFA'],
  PreTokenGeneration: ['claimsAndScopeOverrideDetails'],
};

let people = 0;
function nextName(): string {
  people += 1;
  return `person-${people}`;
}

const asks = '{"challengeName":"CUSTOM_CHALLENGE","issueTokens":false,"failAuthentication":false}';

async function custom(room: Room): Promise<void> {
  const { Session } = await room.signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' });
  await room.signIn.respond('CUSTOM_CHALLENGE', { USERNAME: 'ada', ANSWER: 'x' }, Session);
}

async function confirmed(room: Room): Promise<void> {
  const name = nextName();
  await room.register(name);
  const code = await room.codeFor(`${name}@example.com`);
  await room.client.send(new ConfirmSignUpCommand({ ClientId: room.app.id, Username: name, ConfirmationCode: code }));
}

/** What makes each function run. */
const callers: Readonly<Record<HostilePoint, (room: Room) => Promise<unknown>>> = {
  PreSignUp: (room) => room.register(nextName()),
  CustomMessage: (room) => room.register(nextName()),
  PostConfirmation: confirmed,
  PreAuthentication: ({ signIn }) => signIn.byPassword('ada'),
  PostAuthentication: ({ signIn }) => signIn.byPassword('ada'),
  DefineAuthChallenge: custom,
  CreateAuthChallenge: custom,
  VerifyAuthChallengeResponse: custom,
  UserMigration: ({ signIn }) => signIn.byPassword(nextName(), 'Their-Password-1'),
  PreTokenGeneration: ({ signIn }) => signIn.byPassword('ada'),
};

const refusals = [
  'InvalidLambdaResponseException',
  'InvalidParameterException',
  'NotAuthorizedException',
  'PasswordResetRequiredException',
  'UserLambdaValidationException',
  'UserNotFoundException',
];

function prepare({ calm, have }: Room): void {
  calm();
  have('DefineAuthChallenge', respondingText(asks));
  have('VerifyAuthChallengeResponse', respondingText('{"answerCorrect":false}'));
}

/** Faults fail the test by themselves: the room lets none of them pass for an answer. */
async function attempt(room: Room, point: HostilePoint, response: string): Promise<void> {
  prepare(room);
  room.have(point, respondingText(response));
  const outcome = await refusal(callers[point](room).then(() => 'fine'));
  const [name = ''] = outcome.split(':');
  expect([...refusals, 'answered'], `${response.slice(0, 80)}: ${outcome.slice(0, 300)}`).toContain(name);
}

describe('A function that answers anything in place of one member', () => {
  test.each(Object.entries(members))('is no fault of the service at %s', { timeout: 60_000 }, async (point, names) => {
    const room = await hostileRoom({ patience: { timeout: 5000 } });
    for (const name of names) {
      for (const value of values) await attempt(room, point as HostilePoint, `{${JSON.stringify(name)}:${value}}`);
    }
    prepare(room);
    expect((await room.signIn.byPassword('ada')).AuthenticationResult).toBeDefined();
  });
});

describe('A function that answers anything within what it says of tokens', () => {
  const places = [
    (value: string) => `{"idTokenGeneration":${value}}`,
    (value: string) => `{"idTokenGeneration":{"claimsToAddOrOverride":${value}}}`,
    (value: string) => `{"idTokenGeneration":{"claimsToAddOrOverride":{"x":${value}}}}`,
    (value: string) => `{"accessTokenGeneration":{"claimsToAddOrOverride":{"x":${value},"y":[${value}]}}}`,
    (value: string) => `{"accessTokenGeneration":{"claimsToSuppress":${value},"scopesToAdd":${value}}}`,
    (value: string) => `{"accessTokenGeneration":{"scopesToAdd":[${value}],"scopesToSuppress":[${value}]}}`,
    (value: string) => `{"groupOverrideDetails":{"groupsToOverride":[${value}],"preferredRole":${value}}}`,
  ];

  test('is no fault of the service', { timeout: 60_000 }, async () => {
    const room = await hostileRoom({ points: ['PreTokenGeneration'], patience: { timeout: 5000 } });
    for (const place of places) {
      for (const value of values) {
        await attempt(room, 'PreTokenGeneration', `{"claimsAndScopeOverrideDetails":${place(value)}}`);
      }
    }
  });
});

describe('A function that answers anything within attributes of somebody to bring over', () => {
  test.each([
    'name',
    'email',
    'sub',
    'username',
    'cognito:groups',
    'identities',
    'custom:x',
    '__proto__',
    'dev:custom:x',
  ])('makes no user whose %s cannot be', { timeout: 60_000 }, async (attribute) => {
    const room = await hostileRoom({ patience: { timeout: 5000 } });
    const odd = values.filter((value) => value.length < 200_000 && !['true', '0'].includes(value));
    for (const value of odd) {
      const userAttributes = `{"nickname":"x",${JSON.stringify(attribute)}:${value}}`;
      const response = `{"userAttributes":${userAttributes},"finalUserStatus":"CONFIRMED","messageAction":"SUPPRESS"}`;
      await attempt(room, 'UserMigration', response);
      const found = await refusal(
        room.client.send(new AdminGetUserCommand({ UserPoolId: room.pool.id, Username: `person-${people}` })),
      );
      expect(found).not.toContain('"autoConfirmUser"');
    }
  });
});

test('A whole answer that is anything is no fault of the service, at every point', { timeout: 60_000 }, async () => {
  const room = await hostileRoom({ patience: { timeout: 5000 } });
  for (const [point, call] of Object.entries(callers)) {
    for (const value of values.filter(({ length }) => length < 100_000)) {
      prepare(room);
      room.have(point as HostilePoint, () => value);
      const outcome = await refusal(call(room).then(() => 'fine'));
      expect(outcome, `${point} ${value.slice(0, 80)}`).toMatch(
        /^(InvalidLambdaResponseException|NotAuthorized|UserNotFound)/,
      );
    }
  }
});

test('A function that asks for a challenge for ever fills no table and no session', { timeout: 60_000 }, async () => {
  const room = await hostileRoom({ patience: { timeout: 5000 } });
  prepare(room);
  const metadata = JSON.stringify('x'.repeat(30_000));
  room.have('CreateAuthChallenge', respondingText(`{"challengeMetadata":${metadata}}`));
  let { Session } = await room.signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' });
  const outcomes: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    expect(Session?.length).toBeLessThanOrEqual(2048);
    const next = room.signIn.respond('CUSTOM_CHALLENGE', { USERNAME: 'ada', ANSWER: 'x' }, sessionOf({ Session }));
    const outcome = await next.catch((error: Error) => error.name);
    outcomes.push(typeof outcome === 'string' ? outcome : 'asked');
    if (typeof outcome === 'string') break;
    ({ Session } = outcome);
  }
  expect(outcomes.at(-1)).toBe('InvalidLambdaResponseException');
});

test('A forgotten password finds nobody whom a function makes up badly', async () => {
  const room = await hostileRoom({ patience: { timeout: 5000 } });
  for (const value of values) {
    room.have('UserMigration', respondingText(`{"userAttributes":{"email":${value}},"messageAction":"SUPPRESS"}`));
    const ask = new ForgotPasswordCommand({ ClientId: room.app.id, Username: nextName() });
    expect(await refusal(room.client.send(ask))).toMatch(
      /^(UserNotFoundException|InvalidLambdaResponseException|InvalidParameterException|answered)/,
    );
  }
  expect((await room.signIn.byPassword('ada', somePassword)).AuthenticationResult).toBeDefined();
});
