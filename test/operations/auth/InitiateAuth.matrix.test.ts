/** Every AuthFlow by both operations that begin a sign-in, through a client with each value of ExplicitAuthFlows alone. */
import {
  AdminInitiateAuthCommand,
  type AuthFlowType,
  type CreateUserPoolClientCommandInput,
  type ExplicitAuthFlowsType,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { customRoom } from '../../support/custom-functions.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';

type Operation = 'InitiateAuth' | 'AdminInitiateAuth';
const operations: readonly Operation[] = ['InitiateAuth', 'AdminInitiateAuth'];

interface Flow {
  readonly by: readonly Operation[];
  /** What opens it; a value without the prefix as the service read it before there were others. */
  readonly openedBy: readonly string[];
  readonly refused: string;
  /** What comes once it is open. */
  readonly opened: RegExp;
}

const unset = 'no list';
const rotation = 'rotation';
const older = ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'];
const tokens = /^answered: .*"AccessToken"/;
const refused = (text: string) => `InvalidParameterException: ${text}`;
const otherOperation = refused('Initiate Auth method not supported');
const rotated = /^UnsupportedOperationException: /;

const byAdministrator: Flow = {
  by: ['AdminInitiateAuth'],
  openedBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
  refused: refused('Auth flow not enabled for this client'),
  opened: tokens,
};

const refreshing: Flow = {
  by: operations,
  openedBy: ['ALLOW_REFRESH_TOKEN_AUTH', 'CUSTOM_AUTH_FLOW_ONLY', ...older, unset],
  refused: refused('REFRESH_TOKEN_AUTH flow not enabled for this client'),
  // The token is that of another client.
  opened: /^NotAuthorizedException: Invalid Refresh Token\.$/,
};

const flows: Readonly<Record<AuthFlowType, Flow>> = {
  USER_SRP_AUTH: {
    by: operations,
    openedBy: ['ALLOW_USER_SRP_AUTH', ...older, unset],
    refused: refused('USER_SRP_AUTH is not enabled for the client.'),
    opened: /"ChallengeName":"PASSWORD_VERIFIER"/,
  },
  USER_PASSWORD_AUTH: {
    by: ['InitiateAuth'],
    openedBy: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
    refused: refused('USER_PASSWORD_AUTH flow not enabled for this client'),
    opened: tokens,
  },
  ADMIN_USER_PASSWORD_AUTH: byAdministrator,
  ADMIN_NO_SRP_AUTH: byAdministrator,
  CUSTOM_AUTH: {
    by: operations,
    openedBy: ['ALLOW_CUSTOM_AUTH', 'CUSTOM_AUTH_FLOW_ONLY', ...older, unset],
    refused: refused('CUSTOM_AUTH is not enabled for the client.'),
    opened: /"ChallengeName":"CUSTOM_CHALLENGE"/,
  },
  REFRESH_TOKEN_AUTH: refreshing,
  REFRESH_TOKEN: refreshing,
  USER_AUTH: {
    by: operations,
    openedBy: ['ALLOW_USER_AUTH'],
    refused: refused('USER_AUTH flow not enabled for this client'),
    opened: /"ChallengeName":"SELECT_CHALLENGE"/,
  },
};

type Settings = Partial<CreateUserPoolClientCommandInput>;
const only = (value: ExplicitAuthFlowsType): Settings => ({ ExplicitAuthFlows: [value] });

const clients: Readonly<Record<string, Settings>> = {
  ALLOW_USER_SRP_AUTH: only('ALLOW_USER_SRP_AUTH'),
  ALLOW_USER_PASSWORD_AUTH: only('ALLOW_USER_PASSWORD_AUTH'),
  ALLOW_ADMIN_USER_PASSWORD_AUTH: only('ALLOW_ADMIN_USER_PASSWORD_AUTH'),
  ALLOW_CUSTOM_AUTH: only('ALLOW_CUSTOM_AUTH'),
  ALLOW_REFRESH_TOKEN_AUTH: only('ALLOW_REFRESH_TOKEN_AUTH'),
  ALLOW_USER_AUTH: only('ALLOW_USER_AUTH'),
  ADMIN_NO_SRP_AUTH: only('ADMIN_NO_SRP_AUTH'),
  USER_PASSWORD_AUTH: only('USER_PASSWORD_AUTH'),
  CUSTOM_AUTH_FLOW_ONLY: only('CUSTOM_AUTH_FLOW_ONLY'),
  [unset]: { ExplicitAuthFlows: undefined },
  [rotation]: { ...only('ALLOW_USER_SRP_AUTH'), RefreshTokenRotation: { Feature: 'ENABLED' } },
};

type Initiate = (operation: Operation, flow: AuthFlowType, more?: Readonly<Record<string, string>>) => Promise<string>;

async function aRoom(): Promise<(settings: Settings) => Promise<Initiate>> {
  const { service, pool, client, aClient, user } = await customRoom();
  const { refresh } = await signingIn(service, await aClient(pool)).tokens(user.username);
  const given = {
    USERNAME: user.username,
    PASSWORD: somePassword,
    SRP_A: srpClient().publicValue,
    REFRESH_TOKEN: refresh,
  };
  return async (settings) => {
    const { id: ClientId } = await aClient(pool, settings);
    return (operation, AuthFlow, more = {}) => {
      const input = { ClientId, AuthFlow, AuthParameters: { ...given, ...more } };
      return refusal(
        operation === 'InitiateAuth'
          ? client.send(new InitiateAuthCommand(input))
          : client.send(new AdminInitiateAuthCommand({ ...input, UserPoolId: pool.id })),
      );
    };
  };
}

function expected(of: string, name: AuthFlowType, operation: Operation): unknown {
  const flow = flows[name];
  if (!flow.by.includes(operation)) return otherOperation;
  if (of === rotation && name.startsWith('REFRESH')) return expect.stringMatching(rotated);
  const isOpen = flow.openedBy.includes(of) || (of === rotation && name === 'USER_SRP_AUTH');
  return isOpen ? expect.stringMatching(flow.opened) : flow.refused;
}

describe('A client with', () => {
  let clientWith: (settings: Settings) => Promise<Initiate>;

  beforeAll(async () => {
    clientWith = await aRoom();
  });

  test.each(Object.keys(clients))('%s has its flows by either operation, and no others (auth-flows 5)', async (of) => {
    const initiate = await clientWith(clients[of] ?? {});
    // The types make sure that all names are there.
    for (const name of Object.keys(flows) as AuthFlowType[]) {
      for (const operation of operations) {
        const answer = await initiate(operation, name);
        expect([operation, name, answer]).toEqual([operation, name, expected(of, name, operation)]);
      }
    }
  });

  test('a flow of its own begins it with SRP by that alone', async () => {
    const initiate = await clientWith(only('ALLOW_CUSTOM_AUTH'));
    const srp = srpClient().publicValue;
    for (const operation of operations) {
      expect(await initiate(operation, 'CUSTOM_AUTH', { CHALLENGE_NAME: 'SRP_A', SRP_A: srp })).toMatch(
        /"ChallengeName":"PASSWORD_VERIFIER"/,
      );
    }
  });

  test('a choice has the password and SRP in it without flows for them', async () => {
    const initiate = await clientWith(only('ALLOW_USER_AUTH'));
    for (const operation of operations) {
      expect(await initiate(operation, 'USER_AUTH', { PREFERRED_CHALLENGE: 'PASSWORD' })).toMatch(tokens);
      expect(await initiate(operation, 'USER_AUTH', { PREFERRED_CHALLENGE: 'PASSWORD_SRP' })).toMatch(
        /"ChallengeName":"PASSWORD_VERIFIER"/,
      );
    }
  });

  test.each([
    ['CUSTOM_AUTH', { USERNAME: '' }, 'USERNAME'],
    ['CUSTOM_AUTH', { CHALLENGE_NAME: 'SRP_A', SRP_A: '' }, 'SRP_A'],
    ['USER_AUTH', { USERNAME: '' }, 'USERNAME'],
    ['USER_SRP_AUTH', { USERNAME: '' }, 'USERNAME'],
    ['USER_SRP_AUTH', { SRP_A: '' }, 'SRP_A'],
    ['REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: '' }, 'REFRESH_TOKEN'],
    ['REFRESH_TOKEN', { REFRESH_TOKEN: '' }, 'REFRESH_TOKEN'],
  ] as const)('%s misses of %o the %s by either operation (auth-flows 6)', async (flow, empty, missing) => {
    const initiate = await clientWith({
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    for (const operation of operations) {
      expect(await initiate(operation, flow, empty)).toBe(refused(`Missing required parameter ${missing}`));
    }
  });
});
