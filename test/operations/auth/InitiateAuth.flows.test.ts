/** Which client may use which flow of InitiateAuth and AdminInitiateAuth. */
import {
  AdminInitiateAuthCommand,
  type AuthFlowType,
  type ExplicitAuthFlowsType,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { parametersOf, refusal, signingIn } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

type Values = readonly ExplicitAuthFlowsType[];

/** A user `ada` and a client with these values; what a flow answers, once by each operation that has it. */
async function aRoom(values: Values | undefined) {
  const service = await startService();
  const pool = await service.aPool();
  const everything = await service.aClient(pool);
  const app = await service.aClient(pool, { ExplicitAuthFlows: values && [...values] });
  await service.aUser(pool, { username: 'ada' });
  const { refresh } = await signingIn(service, everything).tokens('ada');
  const AuthParameters = {
    USERNAME: 'ada',
    PASSWORD: somePassword,
    SRP_A: srpClient().publicValue,
    REFRESH_TOKEN: refresh,
  };
  return {
    asPerson: (AuthFlow: AuthFlowType) => refusal(signingIn(service, app).initiate(AuthFlow, AuthParameters)),
    asAdministrator: (AuthFlow: AuthFlowType) =>
      refusal(
        service.client.send(
          new AdminInitiateAuthCommand({ UserPoolId: pool.id, ClientId: app.id, AuthFlow, AuthParameters }),
        ),
      ),
    allow: (...ExplicitAuthFlows: ExplicitAuthFlowsType[]) =>
      service.client.send(
        new UpdateUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id, ExplicitAuthFlows }),
      ),
  };
}

const notTokenOfThisClient = 'NotAuthorizedException: Invalid Refresh Token.';
const noTrigger = 'InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.';

interface Row {
  readonly flow: AuthFlowType;
  readonly by: readonly ('asPerson' | 'asAdministrator')[];
  readonly refused: string;
  readonly allow: ExplicitAuthFlowsType;
  /** What comes once the flow is open. */
  readonly opened: RegExp | string;
}

const both = ['asPerson', 'asAdministrator'] as const;

const rows: readonly Row[] = [
  {
    flow: 'USER_SRP_AUTH',
    by: both,
    refused: 'USER_SRP_AUTH is not enabled for the client.',
    allow: 'ALLOW_USER_SRP_AUTH',
    opened: /^answered: .*"ChallengeName":"PASSWORD_VERIFIER"/,
  },
  {
    flow: 'USER_PASSWORD_AUTH',
    by: ['asPerson'],
    refused: 'USER_PASSWORD_AUTH flow not enabled for this client',
    allow: 'ALLOW_USER_PASSWORD_AUTH',
    opened: /^answered: .*"AccessToken"/,
  },
  {
    flow: 'ADMIN_USER_PASSWORD_AUTH',
    by: ['asAdministrator'],
    refused: 'Auth flow not enabled for this client',
    allow: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    opened: /^answered: .*"AccessToken"/,
  },
  {
    flow: 'ADMIN_NO_SRP_AUTH',
    by: ['asAdministrator'],
    refused: 'Auth flow not enabled for this client',
    allow: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    opened: /^answered: .*"AccessToken"/,
  },
  {
    flow: 'CUSTOM_AUTH',
    by: both,
    refused: 'CUSTOM_AUTH is not enabled for the client.',
    allow: 'ALLOW_CUSTOM_AUTH',
    opened: noTrigger,
  },
  {
    flow: 'REFRESH_TOKEN_AUTH',
    by: both,
    refused: 'REFRESH_TOKEN_AUTH flow not enabled for this client',
    allow: 'ALLOW_REFRESH_TOKEN_AUTH',
    opened: notTokenOfThisClient,
  },
  {
    flow: 'REFRESH_TOKEN',
    by: both,
    refused: 'REFRESH_TOKEN_AUTH flow not enabled for this client',
    allow: 'ALLOW_REFRESH_TOKEN_AUTH',
    opened: notTokenOfThisClient,
  },
  {
    flow: 'USER_AUTH',
    by: both,
    refused: 'USER_AUTH flow not enabled for this client',
    allow: 'ALLOW_USER_AUTH',
    opened: /^answered: .*"ChallengeName":"SELECT_CHALLENGE"/,
  },
];

const others = (own: ExplicitAuthFlowsType): ExplicitAuthFlowsType[] =>
  [...new Set(rows.map(({ allow }) => allow))].filter((value) => value !== own);

describe('A flow', () => {
  test.each(rows)('$flow is refused until the client allows it (auth-flows 5)', async (row) => {
    const room = await aRoom(others(row.allow));
    for (const by of row.by) expect(await room[by](row.flow)).toBe(`InvalidParameterException: ${row.refused}`);
    await room.allow(row.allow);
    for (const by of row.by) expect(await room[by](row.flow)).toMatch(row.opened);
  });

  test('that a list does not name is open to a client without a list where it shows no password (auth-flows 5)', async () => {
    const { asPerson, asAdministrator } = await aRoom(undefined);
    expect(await asPerson('USER_SRP_AUTH')).toMatch(/^answered/);
    expect(await asPerson('CUSTOM_AUTH')).toBe(noTrigger);
    expect(await asPerson('REFRESH_TOKEN_AUTH')).toBe(notTokenOfThisClient);
    expect(await asPerson('USER_PASSWORD_AUTH')).toBe(
      'InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client',
    );
    expect(await asAdministrator('ADMIN_USER_PASSWORD_AUTH')).toBe(
      'InvalidParameterException: Auth flow not enabled for this client',
    );
  });

  test.each<{ value: ExplicitAuthFlowsType; opens: readonly string[] }>([
    { value: 'USER_PASSWORD_AUTH', opens: ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] },
    { value: 'ADMIN_NO_SRP_AUTH', opens: ['USER_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'] },
    { value: 'CUSTOM_AUTH_FLOW_ONLY', opens: [] },
  ])('is open by the older value $value as it was (auth-flows 5)', async ({ value, opens }) => {
    const room = await aRoom([value]);
    const withoutRefresh = rows.filter(({ flow }) => !flow.startsWith('REFRESH'));
    const answers = withoutRefresh.map(async ({ flow, by }) => {
      const answer = await room[by[0] ?? 'asPerson'](flow);
      return answer.startsWith('answered') ? [flow] : [];
    });
    expect((await Promise.all(answers)).flat()).toEqual(opens);
    expect(await room.asPerson('REFRESH_TOKEN_AUTH')).toBe(notTokenOfThisClient);
    expect(await room.asPerson('CUSTOM_AUTH')).toBe(noTrigger);
  });

  test('of refreshing is closed where refresh tokens rotate (auth-flows 5)', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const app = await service.aClient(pool, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    });
    await service.aUser(pool, { username: 'ada' });
    const signIn = signingIn(service, app);
    const { refresh } = await signIn.tokens('ada');
    for (const flow of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const) {
      expect(await refusal(signIn.initiate(flow, { REFRESH_TOKEN: refresh }))).toMatch(
        /^UnsupportedOperationException: /,
      );
    }
  });

  test('is decided on before its parameters are looked at', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool(), { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
    expect(await refusal(signingIn(service, app).initiate('USER_PASSWORD_AUTH'))).toBe(
      'InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client',
    );
  });

  test('of the pool’s own challenges is refused while triggers do not run', async () => {
    const service = await startService();
    const pool = await service.aPool({
      LambdaConfig: { DefineAuthChallenge: 'arn:aws:lambda:us-east-1:123456789012:function:define' },
    });
    await service.aUser(pool, { username: 'ada' });
    const app = await service.aClient(pool, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
    const initiate = signingIn(service, app).initiate('CUSTOM_AUTH', { USERNAME: 'ada' });
    expect(await refusal(initiate)).toBe(
      'OperationNotEnabledException: Lambda trigger DefineAuthChallenge is not enabled in this deployment',
    );
  });
});

test('A challenge names nothing that was not asked for', async () => {
  const service = await startService();
  const pool = await service.aPool();
  await service.aUser(pool, { username: 'ada' });
  const signIn = signingIn(service, await service.aClient(pool));
  const SRP_A = srpClient().publicValue;
  const answer = await signIn.initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A, PASSWORD: somePassword });
  expect(Object.keys(parametersOf(answer)).sort()).toEqual([
    'SALT',
    'SECRET_BLOCK',
    'SRP_B',
    'USERNAME',
    'USER_ID_FOR_SRP',
  ]);
});
