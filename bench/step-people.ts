/** The people of sign-ins in several steps: each kind in a pool of its own, whose settings ask for the steps. */
import { emailOf, inParallel, objectIn, textIn } from './fixtures.ts';
import type { Answer, ApiWire } from './wire.ts';

type Call = ApiWire['call'];

export const password = 'Correct-Horse-9';

export interface Place {
  readonly poolId: string;
  readonly clientId: string;
}

export async function aPlace(call: Call, pool: object = {}, client: object = {}): Promise<Place> {
  const created = await call('CreateUserPool', { PoolName: 'steps', ...pool });
  const poolId = textIn(objectIn(created, 'UserPool'), 'Id');
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_CUSTOM_AUTH'];
  const settings = { UserPoolId: poolId, ClientName: 'steps', ExplicitAuthFlows, ...client };
  const app = await call('CreateUserPoolClient', settings);
  return { poolId, clientId: textIn(objectIn(app, 'UserPoolClient'), 'ClientId') };
}

/** With a password and an address that is verified. `furnish` is told of each, by the name. */
export const people = <T>(
  call: Call,
  { poolId }: Place,
  count: number,
  furnish: (username: string) => Promise<T>,
): Promise<readonly T[]> =>
  inParallel(count, async (index) => {
    const isUser = { UserPoolId: poolId, Username: nameOfPerson(index) };
    await call('AdminCreateUser', { ...isUser, MessageAction: 'SUPPRESS', UserAttributes: verifiedOf(index) });
    await call('AdminSetUserPassword', { ...isUser, Password: password, Permanent: true });
    return furnish(isUser.Username);
  });

export const nameOfPerson = (index: number): string => `person-${index}`;

const verifiedOf = (index: number) => [
  { Name: 'email', Value: emailOf(nameOfPerson(index)) },
  { Name: 'email_verified', Value: 'true' },
];

export const begin = (call: Call, { clientId }: Place, flow: string, parameters: object): Promise<Answer> =>
  call('InitiateAuth', { ClientId: clientId, AuthFlow: flow, AuthParameters: parameters });

export const byPassword = (call: Call, place: Place, username: string, more: object = {}): Promise<Answer> =>
  begin(call, place, 'USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password, ...more });

/** To the challenge that `posed` holds. */
export const respond = (
  call: Call,
  { clientId }: Place,
  posed: Answer,
  responses: Readonly<Record<string, string>>,
): Promise<Answer> =>
  call('RespondToAuthChallenge', {
    ClientId: clientId,
    ChallengeName: posed['ChallengeName'],
    Session: posed['Session'],
    ChallengeResponses: responses,
  });

/** A sign-in that ends without tokens, or asks for another step than is measured, would be fast for the wrong reason. */
export function requireChallenge(answer: Answer, name: string): Answer {
  const posed = answer['ChallengeName'];
  if (posed !== name) throw new Error(`${name} is not asked for, but ${posed ?? 'nothing'}`);
  return answer;
}

export function requireTokens(answer: Answer): void {
  textIn(objectIn(answer, 'AuthenticationResult'), 'AccessToken');
}

export const accessTokenOf = (answer: Answer): string =>
  textIn(objectIn(answer, 'AuthenticationResult'), 'AccessToken');

/** Newest first. */
export async function codeTo(endpoint: string, { poolId }: Place, username: string): Promise<string> {
  const query = new URLSearchParams({ poolId, to: emailOf(username) });
  const answer = await fetch(`${endpoint}/_local/outbox/messages?${query}`);
  const { messages } = (await answer.json()) as { readonly messages: readonly { readonly code: string | null }[] };
  const code = messages[0]?.code;
  if (!code) throw new Error(`No code came to ${username}`);
  return code;
}
