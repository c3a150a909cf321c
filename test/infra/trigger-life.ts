/** Pools with functions: sign-ins that these decide, registrations that they confirm, and functions that no role lets run. */
import {
  AdminCreateUserCommand,
  type LambdaConfigType,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { attributesOf, somePassword } from '../support/builders.ts';
import type { RunningStack } from '../support/cloud/run-assembly.ts';
import { refusal, sessionOf, tokensOf } from '../support/signing-in.ts';
import type { SmallFunction } from '../support/small-lambda.ts';
import { liveIn, type Town } from './sign-in-place.ts';

/** In the account of the deployment. */
export const functionArn = (name: string): string => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

const tags = { 'millpond-trigger': 'enabled' };

type Handlers = Readonly<Record<string, SmallFunction['handler']>>;

export function install({ stack }: Town, handlers: Handlers, more: Omit<SmallFunction, 'handler'> = { tags }): void {
  for (const [name, handler] of Object.entries(handlers)) {
    stack.services.lambda.functions.set(functionArn(name), { handler, ...more });
  }
}

interface Asked {
  readonly request: {
    readonly session: readonly { readonly challengeResult: boolean }[];
    readonly privateChallengeParameters: { readonly answer: string };
    readonly challengeAnswer: string;
  };
}

/** One question, whose answer ends the sign-in well. */
const oneQuestion: Handlers = {
  define: (event: Asked) => {
    const [first] = event.request.session;
    const response = first?.challengeResult ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' };
    return { ...event, response };
  },
  create: (event: Asked) => ({ ...event, response: { privateChallengeParameters: { answer: 'pond-water' } } }),
  verify: (event: Asked) => {
    const { privateChallengeParameters, challengeAnswer } = event.request;
    return { ...event, response: { answerCorrect: privateChallengeParameters.answer === challengeAnswer } };
  },
};

const ofOneQuestion: LambdaConfigType = {
  DefineAuthChallenge: functionArn('define'),
  CreateAuthChallenge: functionArn('create'),
  VerifyAuthChallengeResponse: functionArn('verify'),
};

/** What is asked and answered is in no log of the service. */
export async function decideSignIns(town: Town): Promise<void> {
  install(town, oneQuestion);
  const app = { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH' as const] };
  await liveIn(town, { pool: { LambdaConfig: ofOneQuestion }, app }, async ({ aUser, pool, signIn }) => {
    await aUser(pool, { username: 'ada' });
    const posed = await signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' });
    expect(posed.ChallengeName).toBe('CUSTOM_CHALLENGE');
    const responses = { USERNAME: 'ada', ANSWER: 'pond-water' };
    tokensOf(await signIn.respond('CUSTOM_CHALLENGE', responses, sessionOf(posed)));
  });
  const said = [...town.stack.functions.values()].flatMap(({ lines }) => lines).join('\n');
  expect(said).not.toContain('pond-water');
}

/** An alias carries the tag of its function. */
export async function confirmPeople(town: Town): Promise<void> {
  install(town, { confirming }, { tags, qualifiers: ['live'] });
  const LambdaConfig = { PreSignUp: functionArn('confirming:live') };
  await liveIn(town, { pool: { LambdaConfig } }, async ({ client, pool, app, signIn }) => {
    const registering = new SignUpCommand({ ClientId: app.id, Username: 'ada', Password: somePassword });
    expect((await client.send(registering)).UserConfirmed).toBe(true);
    await signIn.tokens('ada');
    const invited = { UserPoolId: pool.id, Username: 'grace', MessageAction: 'SUPPRESS' as const };
    await client.send(new AdminCreateUserCommand(invited));
    const { invocations } = town.stack.services.lambda;
    expect(invocations.slice(-2)).toMatchObject([
      { type: 'RequestResponse', event: { triggerSource: 'PreSignUp_SignUp', userPoolId: pool.id } },
      { type: 'RequestResponse', event: { triggerSource: 'PreSignUp_AdminCreateUser', userPoolId: pool.id } },
    ]);
  });
}

/** As it was handed over, of an event that has one. */
const bytesOfCode = (event: unknown): Buffer =>
  Buffer.from((event as { readonly request: { readonly code: string } }).request.code, 'base64');

const senderKeyId = '0b1f4c1e-6f6d-4a3c-9b59-2f2f6f0f4a11';

/** As the operator lists it. */
export const senderKey = `arn:aws:kms:eu-west-1:111122223333:key/${senderKeyId}`;

/** The mail of a pool goes to its function, encrypted under its key and bound to the pool. */
export async function handCodesOver(town: Town): Promise<void> {
  const { kms, lambda } = town.stack.services;
  expect(kms.addWrapKey(senderKeyId)).toBe(senderKey);
  install(town, { sender: () => undefined });
  const CustomEmailSender = { LambdaVersion: 'V1_0' as const, LambdaArn: functionArn('sender') };
  const pool = {
    AutoVerifiedAttributes: ['email' as const],
    LambdaConfig: { KMSKeyID: senderKey, CustomEmailSender },
  };
  await liveIn(town, { pool }, async (place) => {
    const { client, app } = place;
    const UserAttributes = attributesOf({ email: 'ada@example.com' });
    await client.send(new SignUpCommand({ ClientId: app.id, Username: 'ada', Password: somePassword, UserAttributes }));
    const [handed] = lambda.invocations.slice(-1);
    expect(handed).toMatchObject({ type: 'Event', event: { triggerSource: 'CustomEmailSender_SignUp' } });
    expect(bytesOfCode(handed?.event).toString('latin1')).toContain(place.pool.id);
    const bound = expect.objectContaining({ 'userpool-id': place.pool.id });
    expect(kms.calls.filter(({ keyArn }) => keyArn === senderKey)).toMatchObject([
      { action: 'kms:GenerateDataKey', outcome: 'ok', encryptionContext: bound },
    ]);
  });
}

/** Whoever may change a pool names any function; the role says which of them may run. */
export async function keepFromRunning(town: Town, Arn: string): Promise<void> {
  const { guard, services } = town.stack;
  const before = services.lambda.invocations.length;
  await liveIn(town, { pool: { LambdaConfig: { PreSignUp: Arn } } }, async ({ client, app }) => {
    const registering = new SignUpCommand({ ClientId: app.id, Username: 'ada', Password: somePassword });
    expect(await refusal(client.send(registering))).toBe(
      'UnexpectedLambdaException: PreSignUp invocation failed due to error AccessDeniedException.',
    );
  });
  expect(guard.takeRefusals()).toMatchObject([{ action: 'lambda:InvokeFunction', resource: Arn }]);
  expect(services.lambda.invocations).toHaveLength(before);
}

/** Such as the functions of the deployment itself. */
export const ownFunctions = ({ functions }: RunningStack): readonly string[] =>
  [...functions.values()].map(({ arn }) => arn);

const confirming = (event: object) => ({ ...event, response: { autoConfirmUser: true } });

/** Where functions are listed, the tag lets nobody in. */
export function installUnlisted(town: Town): string {
  install(town, { unlisted: confirming });
  return functionArn('unlisted');
}

/** Of the account, and without the tag, or with another value. */
export function installForbidden(town: Town): readonly string[] {
  const handler = confirming;
  install(town, { untagged: handler }, {});
  install(town, { disabled: handler }, { tags: { 'millpond-trigger': 'disabled' } });
  install(town, { others: handler }, { tags: { 'other-trigger': 'enabled' } });
  return ['untagged', 'disabled', 'others'].map(functionArn);
}
