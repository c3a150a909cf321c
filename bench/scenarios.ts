/** The operations that are measured, each as one call by its number. */
import { groupNameOf } from '../lambdas/core/rules/srp.ts';
import type { Cost } from './crypto-bound.ts';
import { emailOf, type Fixtures, nameOf, objectIn, type Person, signInOf, textIn } from './fixtures.ts';
import type { SrpClient } from './srp-client.ts';
import type { Answer, ApiWire } from './wire.ts';

export interface Scenario {
  readonly name: string;
  /** Asked at each size of the pool; all others once. */
  readonly dependsOnSize?: boolean;
  readonly cost?: Cost;
  run(index: number): Promise<unknown>;
}

export interface Surroundings {
  readonly call: ApiWire['call'];
  readonly fixtures: Fixtures;
  readonly srp: SrpClient;
  /** How many users there are to be found. */
  readonly size: number;
}

export function scenarios({ call, fixtures, srp, size }: Surroundings): readonly Scenario[] {
  const { poolId, clientId, rotatingClientId, password } = fixtures;
  const list = (input: object) => call('ListUsers', { UserPoolId: poolId, ...input });
  const person = (index: number): Person => requirePerson(fixtures, index);
  const somebody = (index: number): string => nameOf(scattered(index, size));
  // Names of sign-ups are used up, whichever run of the scenario made them.
  let registered = 0;
  // Each is good once; the first one of everybody is a sign-in of its own.
  const rotating = new Map<string, string>();
  const firstToken = async (username: string): Promise<string> => {
    const answer = await call('InitiateAuth', signInOf({ clientId: rotatingClientId, password }, username));
    return textIn(objectIn(answer, 'AuthenticationResult'), 'RefreshToken');
  };
  return [
    {
      name: 'Password sign-in',
      dependsOnSize: true,
      cost: { signatures: 2, powers: 1 },
      run: (index) => call('InitiateAuth', signInOf(fixtures, person(index).username)),
    },
    {
      name: 'SRP sign-in, both legs',
      cost: { signatures: 2, powers: 3 },
      async run(index) {
        const { username } = person(index);
        const exchange = await srp.begin();
        const challenge = await call('InitiateAuth', {
          ClientId: clientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME: username, SRP_A: exchange.SRP_A },
        });
        await call('RespondToAuthChallenge', {
          ClientId: clientId,
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeResponses: await exchange.answer(challenge, groupNameOf(poolId), password),
        });
      },
    },
    {
      name: 'Choice-based sign-in, password',
      cost: { signatures: 2, powers: 1 },
      run: (index) =>
        call('InitiateAuth', {
          ClientId: clientId,
          AuthFlow: 'USER_AUTH',
          AuthParameters: { USERNAME: person(index).username, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password },
        }),
    },
    {
      name: 'Refresh',
      cost: { signatures: 2, powers: 0 },
      run: (index) =>
        call('InitiateAuth', {
          ClientId: clientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: person(index).refreshToken },
        }),
    },
    {
      name: 'Refresh with rotation',
      cost: { signatures: 2, powers: 0 },
      async run(index) {
        const { username } = person(index);
        const RefreshToken = rotating.get(username) ?? (await firstToken(username));
        const answer = await call('GetTokensFromRefreshToken', { ClientId: rotatingClientId, RefreshToken });
        rotating.set(username, textIn(objectIn(answer, 'AuthenticationResult'), 'RefreshToken'));
      },
    },
    {
      name: 'Sign-up with a code',
      cost: { signatures: 0, powers: 1 },
      run() {
        registered += 1;
        const username = `new-${process.pid}-${registered}`;
        return call('SignUp', {
          ClientId: clientId,
          Username: username,
          Password: password,
          UserAttributes: [{ Name: 'email', Value: emailOf(username) }],
        });
      },
    },
    {
      name: 'GetUser',
      dependsOnSize: true,
      run: (index) => call('GetUser', { AccessToken: person(index).accessToken }),
    },
    {
      name: 'AdminGetUser',
      dependsOnSize: true,
      run: (index) => call('AdminGetUser', { UserPoolId: poolId, Username: somebody(index) }),
    },
    { name: 'ListUsers, page of 60', dependsOnSize: true, run: () => list({}) },
    {
      name: 'ListUsers, email = one',
      dependsOnSize: true,
      run: async (index) => requireUsers(await list({ Filter: `email = "${emailOf(somebody(index))}"` }), 1),
    },
    {
      name: 'ListUsers, username ^= ten',
      dependsOnSize: true,
      run: async (index) => requireUsers(await list({ Filter: `username ^= "${somebody(index).slice(0, -1)}"` }), 10),
    },
  ];
}

/** All over the pool, the same in every run. */
const scattered = (index: number, size: number): number => (index * 7919) % size;

function requirePerson({ people }: Fixtures, index: number): Person {
  const person = people[index % people.length];
  if (!person) throw new Error('There is nobody to sign in');
  return person;
}

/** A list that lost somebody would be fast for the wrong reason. */
function requireUsers({ Users }: Answer, expected: number): void {
  if (!Array.isArray(Users) || Users.length !== expected) throw new Error('The list is not what was asked for');
}
