/** amazon-cognito-identity-js meets challenges that the pool's own functions pose. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
} from 'amazon-cognito-identity-js';
import { describe, expect, test } from 'vitest';
import { customTriggers, recorded, stepsOf } from '../support/custom-functions.ts';
import { ada, runningService } from './running-service.ts';

const { events, functions } = recorded({});
const running = runningService({ triggers: functions });

async function aPerson(): Promise<CognitoUser> {
  const { endpoint, aPool, aClient, aUser } = await running();
  const built = await aPool({ LambdaConfig: customTriggers });
  const { id: ClientId } = await aClient(built, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
  await aUser(built, ada);
  const pool = new CognitoUserPool({ UserPoolId: built.id, ClientId, endpoint });
  const person = new CognitoUser({ Username: ada.username, Pool: pool });
  person.setAuthenticationFlowType('CUSTOM_AUTH');
  return person;
}

const knows = { right: (question: string) => `answer ${question}`, wrong: () => 'no' } as const;

/** Begins as told, and answers every challenge that comes. */
function signIn(
  person: CognitoUser,
  begin: 'initiateAuth' | 'authenticateUser',
  answerTo: (question: string) => string,
): Promise<CognitoUserSession> {
  return new Promise((onSuccess, onFailure) => {
    const callbacks: IAuthenticationCallback = {
      onSuccess,
      onFailure,
      customChallenge: ({ question }) => person.sendCustomChallengeAnswer(answerTo(question), callbacks, { by: 'ada' }),
    };
    const { username: Username, password: Password } = ada;
    person[begin](new AuthenticationDetails({ Username, Password }), callbacks);
  });
}

describe('amazon-cognito-identity-js with CUSTOM_AUTH (auth-flows 50)', () => {
  test('answers three challenges without a password', async () => {
    const person = await aPerson();
    const session = await signIn(person, 'initiateAuth', knows.right);
    expect(session.isValid()).toBe(true);
    expect(session.getIdToken().payload['cognito:username']).toBe(ada.username);
    expect(events.at(-1)?.request.clientMetadata).toEqual({ by: 'ada' });
  });

  test('proves the password by SRP first', async () => {
    const session = await signIn(await aPerson(), 'authenticateUser', knows.right);
    expect(session.isValid()).toBe(true);
    const [last] = events.slice(-1);
    expect(last && stepsOf(last)).toEqual([
      'SRP_A true',
      'PASSWORD_VERIFIER true',
      ...Array(3).fill('CUSTOM_CHALLENGE true'),
    ]);
  });

  test('is told when the answers were wrong', async () => {
    await expect(signIn(await aPerson(), 'initiateAuth', knows.wrong)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });
});
