/** The functions that run while somebody registers: what they are told, and what their answers do. */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  DeleteUserPoolCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moduleTriggers } from '../../../lambdas/adapters/triggers/module-triggers.ts';
import { startProcesses } from '../../support/another-process.ts';
import { attributesOf, somePassword } from '../../support/builders.ts';
import {
  aClientWithSecret,
  bodyOf,
  confirm,
  lookAt,
  nobody,
  refusalOfCall,
  signIn,
  signUp,
  tallyOf,
} from '../../support/people.ts';
import { arnOf, gate, registrationRoom, sourcesOf } from '../../support/registration-functions.ts';
import { startService } from '../../support/start-service.ts';

const email = 'ada@example.com';
const phone = '+12065559934';
const taken = 'UsernameExistsException: User already exists';
const unrecognizable = 'InvalidLambdaResponseException: Unrecognizable lambda output';

const approves = (response: object) => ({ PreSignUp: () => response });
const boom = () => {
  throw new Error('boom');
};

describe('PreSignUp of somebody who registers', () => {
  test('gets the whole event (triggers-and-messages 3)', async () => {
    const { events, pool, app, register } = await registrationRoom();
    await register(
      'ada',
      { email, name: 'Ada' },
      {
        ValidationData: [{ Name: 'invited', Value: 'by Bob' }, { Name: 'empty' }],
        ClientMetadata: { tenant: 'a' },
      },
    );

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PreSignUp_SignUp',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: {
          userAttributes: { email, name: 'Ada' },
          validationData: { invited: 'by Bob', empty: '' },
          clientMetadata: { tenant: 'a' },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
  });

  test('is told that there is no validation data, and nothing of metadata that was not sent', async () => {
    const { events, register } = await registrationRoom();
    await register('ada');

    expect(events[0]?.request).toEqual({ userAttributes: {}, validationData: null });
  });

  test('is told the name that the user will have, and the address that they typed, where usernames are addresses', async () => {
    const { events, register } = await registrationRoom({ pool: { UsernameAttributes: ['email', 'phone_number'] } });
    const { UserSub } = await register(email);
    await register(phone, { email: 'bob@example.com' });

    expect(events.map(({ request }) => request.userAttributes)).toEqual([
      { email },
      { phone_number: phone, email: 'bob@example.com' },
    ]);
    expect(events[0]?.userName).toBe(UserSub);
  });

  test('runs only when there is nothing else against the registration', async () => {
    const { client, events, pool, register } = await registrationRoom({
      pool: { Schema: [{ Name: 'name', Required: true }], AliasAttributes: ['email'] },
    });
    const withSecret = await aClientWithSecret(client, pool);
    const named = { name: 'Ada' };

    const refusals = await Promise.all([
      refusalOfCall(register('ada', named, { Password: 'weak' })),
      refusalOfCall(register('ada', named, { Password: undefined })),
      refusalOfCall(register('ada')),
      refusalOfCall(register(email, named)),
      refusalOfCall(register('ada', { ...named, email: 'no address' })),
      refusalOfCall(register('ada', { ...named, email, email_verified: 'true' })),
      refusalOfCall(register('ada', { ...named, 'custom:unknown': '1' })),
      refusalOfCall(register('ada', named, { ClientId: withSecret.id })),
    ]);
    expect(refusals.filter((refusal) => !/^(Inval|NotAuth)/.test(refusal))).toEqual([]);
    expect(events).toEqual([]);
  });

  test('does not run where only administrators add users', async () => {
    const { events, register } = await registrationRoom({
      pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    });

    expect(await refusalOfCall(register('ada'))).toMatch('NotAuthorizedException');
    expect(events).toEqual([]);
  });

  test('runs for a name that is taken, too: that shows when the user is written', async () => {
    const { events, register } = await registrationRoom();
    await register('ada');

    expect(await refusalOfCall(register('ada'))).toBe(taken);
    expect(sourcesOf(events)).toEqual(['PreSignUp_SignUp', 'PreSignUp_SignUp']);
  });

  test('refuses in its own words, and nobody is added (triggers-and-messages 5)', async () => {
    const { client, events, outbox, pool, register } = await registrationRoom({
      functions: { PreSignUp: boom },
      pool: { AutoVerifiedAttributes: ['email'] },
    });

    expect(await refusalOfCall(register('ada', { email }))).toBe(
      'UserLambdaValidationException: PreSignUp failed with error boom.',
    );
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
    expect(sourcesOf(events)).toEqual(['PreSignUp_SignUp']);
  });

  test('may fail at any length, of which a part is told', async () => {
    const { register } = await registrationRoom({
      functions: {
        PreSignUp() {
          throw new Error(`\ud800${'x'.repeat(1_000_000)}`);
        },
      },
    });

    expect(await refusalOfCall(register('ada'))).toMatch(/^UserLambdaValidationException: PreSignUp .{4000,4200}\.$/);
  });

  test('leaves no trace in the log of what it was told and what it says', async () => {
    const { lines, register } = await registrationRoom({
      functions: {
        PreSignUp({ request }) {
          throw new Error(`${request.validationData?.['invitation']} is not valid`);
        },
      },
    });
    const ValidationData = [{ Name: 'invitation', Value: 'a-secret-invitation' }];

    expect(await refusalOfCall(register('ada', { email }, { ValidationData }))).toMatch('a-secret-invitation');
    const logged = JSON.stringify(lines);
    expect(logged).toContain('UserLambdaValidationException');
    expect(logged).not.toContain('a-secret-invitation');
    expect(logged).not.toContain(email);
  });

  test('is told nothing of the password', async () => {
    const { events, register } = await registrationRoom();
    await register('ada', { email });

    expect(JSON.stringify(events)).not.toContain(somePassword);
  });

  test('is asked three times when it does not answer, and once when it fails (triggers-and-messages 6)', async () => {
    let fails = false;
    const { client, events, pool, register } = await registrationRoom({
      functions: { PreSignUp: () => (fails ? boom() : new Promise(() => undefined)) },
      patience: { timeout: 20 },
    });
    expect(await refusalOfCall(register('ada'))).toBe(
      'UnexpectedLambdaException: PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.',
    );
    expect(events.length).toBe(3);
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);

    fails = true;
    expect(await refusalOfCall(register('ada'))).toMatch('UserLambdaValidationException');
    expect(events.length).toBe(4);
  });

  test.each([
    ['a text', 'yes', unrecognizable],
    ['a number', 7, unrecognizable],
    ['a list', [], unrecognizable],
    ['an object without a response', { ok: true }, unrecognizable],
    ['a response that is a text', { response: 'yes' }, unrecognizable],
    ['a response that is a list', { response: [true] }, unrecognizable],
    ['a response that is null', { response: null }, unrecognizable],
    ['a flag that is a text', { response: { autoConfirmUser: 'true' } }, unrecognizable],
    ['a flag that is a number', { response: { autoVerifyEmail: 1 } }, unrecognizable],
    ['a flag that is an object', { response: { autoVerifyPhone: {} } }, unrecognizable],
    ['nothing', undefined, 'InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON'],
    ['null', null, 'InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON'],
  ])('that answers %s adds nobody (triggers-and-messages 7)', async (_what, answer, refusal) => {
    const { client, pool, register } = await registrationRoom({ whole: { [arnOf('PreSignUp')]: () => answer } });

    expect(await refusalOfCall(register('ada', { email, phone_number: phone }))).toBe(refusal);
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
  });

  test('that is not there adds nobody', async () => {
    const LambdaConfig = { PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:nowhere' };
    const { client, pool, register } = await registrationRoom({ pool: { LambdaConfig } });

    expect(await refusalOfCall(register('ada'))).toBe(
      'UnexpectedLambdaException: PreSignUp invocation failed due to error ResourceNotFoundException.',
    );
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
  });

  test('changes nothing but by its response', async () => {
    const { client, pool, register } = await registrationRoom({
      whole: {
        [arnOf('PreSignUp')]: (event: { readonly request: object }) => ({
          ...event,
          userName: 'eve',
          userPoolId: 'us-east-1_another',
          request: { ...event.request, userAttributes: { email: 'eve@example.com', email_verified: 'true' } },
          response: { userAttributes: { name: 'Eve' }, status: 'CONFIRMED', sub: 'none' },
        }),
      },
    });
    const { UserSub, UserConfirmed } = await register('ada', { email });

    expect(UserConfirmed).toBe(false);
    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      status: 'UNCONFIRMED',
      attributes: { sub: UserSub, email, email_verified: 'false' },
    });
    expect(await refusalOfCall(lookAt(client, pool, 'eve'))).toBe(nobody);
  });

  test('gets validation data of any name, and none of it is kept', async () => {
    const { client, events, pool, register } = await registrationRoom();
    const ValidationData = ['__proto__', 'constructor', 'email'].map((Name) => ({ Name, Value: 'x' }));
    const { UserSub } = await register('ada', {}, { ValidationData, ClientMetadata: { name: 'x' } });

    const [event] = events;
    expect(JSON.stringify(event?.request)).toContain(
      '"validationData":{"__proto__":"x","constructor":"x","email":"x"}',
    );
    expect((await lookAt(client, pool, 'ada')).attributes).toEqual({ sub: UserSub });
  });
});

describe('A function that confirms whoever registers', () => {
  test('leaves nothing to confirm, and is followed by PostConfirmation (triggers-and-messages 9)', async () => {
    const { client, app, events, outbox, pool, register } = await registrationRoom({
      functions: approves({ autoConfirmUser: true }),
      pool: { AutoVerifiedAttributes: ['email'] },
    });
    const answer = bodyOf(await register('ada', { email }, { ClientMetadata: { tenant: 'a' } }));

    expect(answer).toEqual({ UserConfirmed: true, UserSub: expect.any(String) });
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      status: 'CONFIRMED',
      attributes: { email, email_verified: 'false' },
    });
    expect(sourcesOf(events)).toEqual(['PreSignUp_SignUp', 'PostConfirmation_ConfirmSignUp']);
    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
  });

  test('and verifies an address tells PostConfirmation so (triggers-and-messages 3, 13)', async () => {
    const { events, app, pool, register } = await registrationRoom({
      functions: approves({ autoConfirmUser: true, autoVerifyEmail: true }),
      pool: { AliasAttributes: ['email', 'phone_number'] },
    });
    const { UserSub } = await register('ada', { email, phone_number: phone }, { ClientMetadata: { tenant: 'a' } });

    expect(events[1]).toEqual({
      version: '1',
      triggerSource: 'PostConfirmation_ConfirmSignUp',
      region: 'us-east-1',
      userPoolId: pool.id,
      userName: 'ada',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
      request: {
        userAttributes: {
          sub: UserSub,
          email,
          email_verified: 'true',
          phone_number: phone,
          phone_number_verified: 'false',
          'cognito:email_alias': email,
          'cognito:user_status': 'CONFIRMED',
        },
        clientMetadata: { tenant: 'a' },
      },
      response: {},
    });
    // To both functions, as it was sent.
    expect(events[0]?.request.clientMetadata).toEqual({ tenant: 'a' });
  });

  test('cannot undo it: when PostConfirmation fails, the caller hears of it (triggers-and-messages 11)', async () => {
    const { client, app, pool, register } = await registrationRoom({
      functions: { PreSignUp: () => ({ autoConfirmUser: true }), PostConfirmation: boom },
    });

    expect(await refusalOfCall(register('ada'))).toBe(
      'UserLambdaValidationException: PostConfirmation failed with error boom.',
    );
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(register('ada'))).toBe(taken);
  });

  test('may be followed by one that changes the very user (triggers-and-messages 29)', async () => {
    const { client, pool, register } = await registrationRoom({
      functions: {
        PreSignUp: () => ({ autoConfirmUser: true }),
        async PostConfirmation({ userName: Username }, around) {
          const named = { UserPoolId: around.pool.id, Username };
          const { UserStatus } = await around.client.send(new AdminGetUserCommand(named));
          const UserAttributes = attributesOf({ nickname: `${UserStatus}` });
          await around.client.send(new AdminUpdateUserAttributesCommand({ ...named, UserAttributes }));
          return {};
        },
      },
    });
    await register('ada');

    expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject({ nickname: 'CONFIRMED' });
  });
});

describe('A function that verifies addresses', () => {
  test.each([
    [{ autoVerifyEmail: true }, { phone_number: phone }, 'Email is required to verify/un-verify an email'],
    [{ autoVerifyPhone: true }, { email }, 'Phone Number is required to verify/un-verify a phone number'],
    [{ autoVerifyEmail: true }, { email: '' }, 'Email is required to verify/un-verify an email'],
  ])('fails with %j for %j (triggers-and-messages 9)', async (flags, attributes, message) => {
    const { client, events, pool, register } = await registrationRoom({
      functions: approves({ autoConfirmUser: true, ...flags }),
    });

    expect(await refusalOfCall(register('ada', attributes))).toBe(`InvalidParameterException: ${message}`);
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
    expect(sourcesOf(events)).toEqual(['PreSignUp_SignUp']);
  });

  test('verifies what it says, no more', async () => {
    for (const [flags, verified] of [
      [{ autoVerifyEmail: true }, { email_verified: 'true', phone_number_verified: 'false' }],
      [{ autoVerifyPhone: true }, { email_verified: 'false', phone_number_verified: 'true' }],
    ] as const) {
      const { client, pool, register } = await registrationRoom({
        functions: approves({ autoConfirmUser: true, ...flags }),
      });
      await register('ada', { email, phone_number: phone });
      expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject(verified);
    }
  });

  test('without confirming leaves the code to be given', async () => {
    const { client, app, events, outbox, pool, register } = await registrationRoom({
      functions: approves({ autoVerifyEmail: true }),
      pool: { AutoVerifiedAttributes: ['email'], AliasAttributes: ['email'] },
    });
    const answer = await register('ada', { email });

    expect(answer).toMatchObject({ UserConfirmed: false, CodeDeliveryDetails: { AttributeName: 'email' } });
    expect(await lookAt(client, pool, email)).toMatchObject({
      status: 'UNCONFIRMED',
      attributes: { email_verified: 'true' },
    });
    expect(sourcesOf(events)).toEqual(['PreSignUp_SignUp']);
    await confirm(client, app, email, await outbox.codeFor({ poolId: pool.id, username: 'ada' }));
    expect((await lookAt(client, pool, email)).status).toBe('CONFIRMED');
  });

  test('moves an alias from its owner, who has proven nothing from then on (triggers-and-messages 10)', async () => {
    const { client, aUser, pool, register } = await registrationRoom({
      functions: approves({ autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: true }),
      pool: { AliasAttributes: ['email', 'phone_number'] },
    });
    const verified = { email, email_verified: 'true', phone_number: phone, phone_number_verified: 'true' };
    await aUser(pool, { username: 'former', attributes: verified });
    await register('ada', { email, phone_number: phone });

    expect(await lookAt(client, pool, email)).toMatchObject({ username: 'ada', attributes: verified });
    expect((await lookAt(client, pool, phone)).username).toBe('ada');
    expect((await lookAt(client, pool, 'former')).attributes).toMatchObject({
      email,
      email_verified: 'false',
      phone_number: phone,
      phone_number_verified: 'false',
    });
  });

  test('moves nothing to somebody whose name is taken', async () => {
    const { client, aUser, pool, register } = await registrationRoom({
      functions: approves({ autoConfirmUser: true, autoVerifyEmail: true }),
      pool: { AliasAttributes: ['email'] },
    });
    await aUser(pool, { username: 'former', attributes: { email, email_verified: 'true' } });
    await aUser(pool, { username: 'ada' });

    expect(await refusalOfCall(register('ada', { email }))).toBe(taken);
    expect(await lookAt(client, pool, email)).toMatchObject({
      username: 'former',
      attributes: { email_verified: 'true' },
    });
  });

  test('takes nobody the address that is their username', async () => {
    const { client, aUser, pool, register } = await registrationRoom({
      functions: approves({ autoConfirmUser: true, autoVerifyEmail: true }),
      pool: { UsernameAttributes: ['email', 'phone_number'] },
    });
    const { sub } = await aUser(pool, { username: email, attributes: { email_verified: 'true' } });

    expect(await refusalOfCall(register(email))).toBe(taken);
    expect(await refusalOfCall(register(phone, { email }))).toBe(taken);
    expect(await lookAt(client, pool, email)).toMatchObject({ username: sub, attributes: { email_verified: 'true' } });
  });

  test('does not let people verify themselves: what they send along is no answer', async () => {
    const { client, pool, register } = await registrationRoom();
    const flags = { autoConfirmUser: 'true', autoVerifyEmail: 'true' };
    await register('ada', { email }, { ClientMetadata: flags, ValidationData: attributesOf(flags) });

    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      status: 'UNCONFIRMED',
      attributes: { email_verified: 'false' },
    });
  });
});

describe('Whatever a function answers', () => {
  const flag = fc.oneof(fc.boolean(), fc.jsonValue({ maxDepth: 1 }));
  const response = fc.oneof(
    fc.record({ autoConfirmUser: flag, autoVerifyEmail: flag, autoVerifyPhone: flag }, { requiredKeys: [] }),
    fc.record({ autoConfirmUser: fc.boolean(), autoVerifyEmail: fc.boolean(), autoVerifyPhone: fc.boolean() }),
    fc.jsonValue(),
  );
  const answers = fc.oneof({ weight: 4, arbitrary: fc.record({ response }) }, { weight: 1, arbitrary: fc.jsonValue() });
  const given = fc.constantFrom<Record<string, string>>({}, { email }, { phone_number: phone });

  const modelled = /^(InvalidLambdaResponse|InvalidParameter)Exception: /;

  test('there is a whole user, or none', async () => {
    let answer: unknown;
    let count = 0;
    const outcomes = new Set<boolean | undefined>();
    const { client, outbox, pool, register } = await registrationRoom({
      whole: { [arnOf('PreSignUp')]: () => answer },
      pool: { AutoVerifiedAttributes: ['email', 'phone_number'] },
    });
    const check = async (attributes: Record<string, string>) => {
      const username = `user-${count++}`;
      const call = register(username, attributes);
      const refusal = await refusalOfCall(call);
      const messages = await outbox.list({ poolId: pool.id, username });
      if (refusal !== 'nothing is refused') {
        outcomes.add(undefined);
        expect(refusal).toMatch(modelled);
        expect(await refusalOfCall(lookAt(client, pool, username))).toBe(nobody);
        expect(messages).toEqual([]);
        return;
      }
      const { UserConfirmed, CodeDeliveryDetails } = await call;
      outcomes.add(UserConfirmed);
      const { status, attributes: kept } = await lookAt(client, pool, username);
      expect(status).toBe(UserConfirmed ? 'CONFIRMED' : 'UNCONFIRMED');
      expect(messages.length).toBe(!UserConfirmed && Object.keys(attributes).length > 0 ? 1 : 0);
      expect(CodeDeliveryDetails !== undefined).toBe(messages.length > 0);
      const { response = {} } = answer as { response?: Record<string, unknown> };
      expect(UserConfirmed).toBe(response['autoConfirmUser'] === true);
      expect(kept['email_verified'] === 'true').toBe(response['autoVerifyEmail'] === true);
      expect(kept['phone_number_verified'] === 'true').toBe(response['autoVerifyPhone'] === true);
    };
    await fc.assert(
      fc.asyncProperty(answers, given, async (next, attributes) => {
        answer = next;
        await check(attributes);
      }),
      {
        numRuns: 60,
        examples: [
          [{ response: {} }, { email }],
          [{ response: { autoConfirmUser: true, autoVerifyEmail: true } }, { email }],
          [{ response: 'yes' }, { email }],
        ],
      },
    );
    expect(outcomes).toEqual(new Set([true, false, undefined]));
  });
});

describe('While a function runs', () => {
  test('two may ask for one name, and one of them gets it', async () => {
    const both = gate(2);
    const { client, events, pool, register } = await registrationRoom({
      functions: {
        async PreSignUp() {
          await both();
          return { autoConfirmUser: true };
        },
      },
    });

    expect(await tallyOf([register('ada'), register('ada')])).toEqual({ 'nothing is refused': 1, [taken]: 1 });
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
    // Only whoever was added is confirmed.
    expect(sourcesOf(events).filter((source) => source.startsWith('PostConfirmation'))).toHaveLength(1);
  });

  test('two may ask for one alias, and it leads to one of them alone', async () => {
    const both = gate(2);
    const { client, pool, register } = await registrationRoom({
      functions: {
        async PreSignUp() {
          await both();
          return { autoConfirmUser: true, autoVerifyEmail: true };
        },
      },
      pool: { AliasAttributes: ['email'] },
    });
    await Promise.all([register('ada', { email }), register('bob', { email })]);

    const { username: holder } = await lookAt(client, pool, email);
    const other = holder === 'ada' ? 'bob' : 'ada';
    expect((await lookAt(client, pool, holder ?? '')).attributes).toMatchObject({ email_verified: 'true' });
    expect((await lookAt(client, pool, other)).attributes).toMatchObject({ email_verified: 'false' });
  });

  test('the pool may go, and nobody is left behind', async () => {
    const { app, events, ports, pool, register } = await registrationRoom({
      functions: {
        async PreSignUp(_event, around) {
          await around.client.send(new DeleteUserPoolCommand({ UserPoolId: around.pool.id }));
          return { autoConfirmUser: true };
        },
      },
    });
    const before = await ports.pools.read(pool.id);
    if (!before) throw new Error('There is no such pool');

    expect(await refusalOfCall(register('ada'))).toBe(
      `ResourceNotFoundException: User pool client ${app.id} does not exist.`,
    );
    expect(await ports.users.find(before, 'ada')).toBeUndefined();
    expect(sourcesOf(events)).toEqual(['PreSignUp_SignUp']);
  });

  test('the name may be taken by the function itself', async () => {
    const { client, pool, register } = await registrationRoom({
      functions: {
        async PreSignUp({ triggerSource, userName: Username }, around) {
          const named = { UserPoolId: around.pool.id, Username, MessageAction: 'SUPPRESS' } as const;
          if (triggerSource === 'PreSignUp_SignUp') await around.client.send(new AdminCreateUserCommand(named));
          return {};
        },
      },
    });

    expect(await refusalOfCall(register('ada'))).toBe(taken);
    expect((await lookAt(client, pool, 'ada')).status).toBe('FORCE_CHANGE_PASSWORD');
  });
});

describe('Where another process has changed the functions of the pool', () => {
  test('those that it has now run, and run once', async () => {
    const ran: string[] = [];
    const functions = Object.fromEntries(
      ['before', 'after'].map((name) => [
        `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
        (event: object) => {
          ran.push(name);
          return { ...event, response: { autoConfirmUser: true } };
        },
      ]),
    );
    const [before = '', after = ''] = Object.keys(functions);
    const [one, { ports }] = await startProcesses();
    const other = await startService({ ports: { ...ports, triggers: moduleTriggers(functions) } });
    const pool = await one.aPool({ LambdaConfig: { PreSignUp: before } });
    const app = await one.aClient(pool);

    await signUp(other.client, app, { username: 'ada' });
    const LambdaConfig = { PreSignUp: after, PostConfirmation: after };
    await one.client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id, LambdaConfig }));
    await signUp(other.client, app, { username: 'bob' });

    expect(ran).toEqual(['before', 'after', 'after']);
    expect((await lookAt(one.client, pool, 'bob')).status).toBe('CONFIRMED');
  });
});
