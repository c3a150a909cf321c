/** Functions typed with `@types/aws-lambda`, one for each handler type, run unchanged; the events that they get fit the types. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  type LambdaConfigType,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import ts from 'typescript';
import { describe, expect, test, vi } from 'vitest';
import { type Millpond, startMillpond } from '../../bin/start-millpond.ts';
import type { Invocation } from '../../lambdas/adapters/local/triggers/invocations.ts';
import { aFolder, event as anEvent, running } from '../local/triggers/a-function.ts';
import { builders } from '../support/builders.ts';
import { repository } from '../support/fixture-tree.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-4333-8444-555555555555';
const sample = (name: string): string => join(repository, 'test/triggers/samples', `${name}.ts`);

/** By handler: its sample, and the type of its events. */
const samples = {
  PreSignUp: ['pre-sign-up', 'PreSignUpTriggerEvent'],
  PostConfirmation: ['post-confirmation', 'PostConfirmationTriggerEvent'],
  PreAuthentication: ['pre-authentication', 'PreAuthenticationTriggerEvent'],
  PostAuthentication: ['post-authentication', 'PostAuthenticationTriggerEvent'],
  PreTokenGeneration: ['pre-token-generation', 'PreTokenGenerationTriggerEvent'],
  PreTokenGenerationV2: ['pre-token-generation-v2', 'PreTokenGenerationV2TriggerEvent'],
  PreTokenGenerationV3: ['pre-token-generation-v3', 'PreTokenGenerationV3TriggerEvent'],
  DefineAuthChallenge: ['define-auth-challenge', 'DefineAuthChallengeTriggerEvent'],
  CreateAuthChallenge: ['create-auth-challenge', 'CreateAuthChallengeTriggerEvent'],
  VerifyAuthChallengeResponse: ['verify-auth-challenge-response', 'VerifyAuthChallengeResponseTriggerEvent'],
  UserMigration: ['user-migration', 'UserMigrationTriggerEvent'],
  CustomMessage: ['custom-message', 'CustomMessageTriggerEvent'],
  CustomEmailSender: ['custom-email-sender', 'CustomEmailSenderTriggerEvent'],
  CustomSMSSender: ['custom-sms-sender', 'CustomSMSSenderTriggerEvent'],
  InboundFederation: ['inbound-federation', 'InboundFederationTriggerEvent'],
} as const;

type Kind = keyof typeof samples;

const named = (...kinds: readonly Kind[]): LambdaConfigType =>
  Object.fromEntries(kinds.map((kind) => [kind, arnOf(samples[kind][0])]));

const versioned = <Version extends string>(kind: Kind, LambdaVersion: Version) => ({
  LambdaVersion,
  LambdaArn: arnOf(samples[kind][0]),
});

const claimsOf = (token = '') => decodeJwt(token);

const Password = 'Correct-Horse-9';

interface Told {
  readonly invocations: readonly Invocation[];
  readonly tokens: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly subjects: readonly unknown[];
}

/** What people do to whom all these functions happen. */
async function story(): Promise<Told> {
  const map = join(await aFolder(), 'triggers.json');
  const functions = Object.values(samples).map(([name]) => [
    name,
    { module: sample(name), ...(name === 'custom-email-sender' && { environment: { KEY_ARN: keyArn } }) },
  ]);
  await writeFile(map, JSON.stringify({ functions: Object.fromEntries(functions) }));
  await using service = await startMillpond({ memory: true, quiet: true, triggers: map });
  return await told(service);
}

async function told(service: Millpond): Promise<Told> {
  const { endpoint, region } = service;
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new CognitoIdentityProviderClient({ endpoint, region, credentials });
  const { aPool, aClient } = builders(client);
  const pool = await aPool({
    AutoVerifiedAttributes: ['email'],
    LambdaConfig: named(
      'PreSignUp',
      'PostConfirmation',
      'PreAuthentication',
      'PostAuthentication',
      'PreTokenGeneration',
      'DefineAuthChallenge',
      'CreateAuthChallenge',
      'VerifyAuthChallengeResponse',
      'UserMigration',
      'CustomMessage',
    ),
  });
  const flows = {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const,
  };
  const { id: ClientId } = await aClient(pool, { ExplicitAuthFlows: [...flows.ExplicitAuthFlows] });
  const signUp = (ClientId: string, Username: string, email: string) =>
    client.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes: [{ Name: 'email', Value: email }] }));
  const signIn = async (ClientId: string, USERNAME: string, PASSWORD = Password) => {
    const AuthParameters = { USERNAME, PASSWORD };
    const { AuthenticationResult } = await client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    return AuthenticationResult;
  };

  await signUp(ClientId, 'ada', 'ada@example.com');
  await signUp(ClientId, 'bob', 'bob@elsewhere.example');
  const { code, subject } = await service.outbox
    .wait({ to: 'bob@elsewhere.example' })
    .then((message) => ({ ...message }));
  await client.send(new ConfirmSignUpCommand({ ClientId, Username: 'bob', ConfirmationCode: code ?? '' }));
  const ada = await signIn(ClientId, 'ada');
  const asked = await client.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: 'ada' } }),
  );
  const custom = await client.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      Session: asked.Session,
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeResponses: { USERNAME: 'ada', ANSWER: '42' },
    }),
  );
  const old = await signIn(ClientId, 'old', 'Old-Password-1');
  await client.send(new ForgotPasswordCommand({ ClientId, Username: 'older' }));

  const tokens: Record<string, Readonly<Record<string, unknown>>> = {
    ada: claimsOf(ada?.IdToken),
    custom: claimsOf(custom.AuthenticationResult?.IdToken),
    old: claimsOf(old?.IdToken),
  };
  for (const [kind, version] of [
    ['PreTokenGenerationV2', 'V2_0'],
    ['PreTokenGenerationV3', 'V3_0'],
  ] as const) {
    const sending = await aPool({
      AutoVerifiedAttributes: kind === 'PreTokenGenerationV2' ? ['email'] : ['phone_number'],
      LambdaConfig: {
        PreTokenGenerationConfig: versioned(kind, version),
        CustomEmailSender: versioned('CustomEmailSender', 'V1_0'),
        CustomSMSSender: versioned('CustomSMSSender', 'V1_0'),
        KMSKeyID: keyArn,
      },
    });
    const app = await aClient(sending);
    const UserAttributes = [
      { Name: 'email', Value: 'cy@example.com' },
      { Name: 'phone_number', Value: '+15555550100' },
    ];
    await client.send(new SignUpCommand({ ClientId: app.id, Username: 'cy', Password, UserAttributes }));
    await builders(client).aUser(sending, { username: 'dan', password: Password });
    tokens[kind] = claimsOf((await signIn(app.id, 'dan'))?.AccessToken);
  }
  const invocations = await vi.waitFor(
    async () => {
      const answer = await fetch(`${endpoint}/_local/triggers/invocations`);
      const all = ((await answer.json()) as { readonly invocations: readonly Invocation[] }).invocations;
      // Nobody waits for these: they are written down when they have ended.
      const sent = ['CustomEmailSender_SignUp', 'CustomSMSSender_SignUp'];
      expect(all.map(({ triggerSource }) => triggerSource)).toEqual(expect.arrayContaining(sent));
      return all;
    },
    { timeout: 10_000 },
  );
  return { invocations, tokens, subjects: [subject] };
}

const typeOf = ({ arn }: Invocation): string | undefined =>
  Object.values(samples).find(([name]) => arnOf(name) === arn)?.[1];

/** What the compiler has against these values as values of these types. */
function complaints(values: readonly (readonly [type: string, value: unknown])[]): readonly string[] {
  const types = [...new Set(values.map(([type]) => type))];
  const lines = values.map(([type, value], index) => `export const e${index}: ${type} = ${JSON.stringify(value)};`);
  const source = [`import type { ${types.join(', ')} } from 'aws-lambda';`, ...lines].join('\n');
  const path = join(repository, 'test/triggers/events-of-a-story.ts');
  // Null is what the original sends where the types know of absence alone.
  const options = { noEmit: true, strict: true, strictNullChecks: false, skipLibCheck: true, types: [] };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    name === path ? ts.createSourceFile(name, source, target) : getSourceFile(name, target, ...rest);
  const program = ts.createProgram([path], { ...options, module: ts.ModuleKind.NodeNext }, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start, file }) => {
    const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
    return `${lines[line - 1]?.slice(0, 90)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

describe('Functions typed with @types/aws-lambda (triggers-and-messages 30)', () => {
  let once: Promise<Told> | undefined;
  const whole = (): Promise<Told> => {
    once ??= story();
    return once;
  };

  test('run at every point, and none of them fails', async () => {
    const all = await whole();
    expect(all.invocations.filter(({ error }) => error !== null)).toEqual([]);
    const ran = new Set(all.invocations.map(({ arn }) => arn));
    const { InboundFederation: _other, ...others } = samples;
    for (const [name] of Object.values(others)) expect(ran).toContain(arnOf(name));
  });

  test('have their effects', async () => {
    const all = await whole();
    expect(all.subjects).toEqual(['Your code from the shop']);
    for (const name of ['ada', 'custom', 'old']) expect(all.tokens[name]).toMatchObject({ plan: 'free' });
    expect(all.tokens['ada']).not.toHaveProperty('nickname');
    expect(all.tokens['PreTokenGenerationV2']).toMatchObject({
      plan: 'gold',
      scope: expect.stringContaining('orders/read'),
    });
    expect(all.tokens['PreTokenGenerationV3']).toMatchObject({ tenant: 'none' });
  });

  test('take what an identity provider told', async () => {
    const { caller } = running({ module: sample('inbound-federation') });
    const attributes = { userInfo: { sub: 'one', groups: 'a,b' } };
    const request = { providerName: 'Corp', providerType: 'OIDC', attributes };
    const asked = { ...anEvent, triggerSource: 'InboundFederation_ExternalProvider', request, response: {} };
    expect(await caller.call(arnOf('inbound-federation'), asked, AbortSignal.timeout(10_000))).toMatchObject({
      response: { userAttributesToMap: { sub: 'one' } },
    });
  });

  test('get events that fit their types, but for two gaps of these', async () => {
    const all = await whole();
    const values = all.invocations.map((each) => {
      const text = JSON.stringify(each.event).replace(
        '"privateChallengeParameters":"***"',
        '"privateChallengeParameters":{}',
      );
      return [typeOf(each) ?? 'never', JSON.parse(text)] as const;
    });
    expect(values.length).toBeGreaterThan(15);
    // What the types leave out: people whose tokens are made in the third form, and a forgotten password without one.
    expect(complaints(values)).toEqual([
      expect.stringContaining(`'"TokenGeneration_Authentication"' is not assignable`),
      expect.stringContaining("Property 'password' is missing"),
    ]);
  }, 60_000);

  test('would be told of events that do not', () => {
    const [wrong] = complaints([['PreSignUpTriggerEvent', { ...anEvent, request: { userAttributes: { email: 1 } } }]]);
    expect(wrong).toContain('number');
  }, 60_000);
});
