import { describe, expect, test } from 'vitest';
import type { ExplicitAuthFlow } from '../../../lambdas/core/model/client.ts';
import {
  type AuthFlow,
  isFlowAllowed,
  isLegacy,
  isRotating,
  requireFlow,
} from '../../../lambdas/core/rules/auth-flows.ts';
import { aClient } from '../../support/model.ts';
import { refusalOf } from '../../support/refusals.ts';

const flows = [
  'USER_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'USER_AUTH',
] as const satisfies readonly AuthFlow[];

const clientWith = (...ExplicitAuthFlows: ExplicitAuthFlow[]) => aClient({ settings: { ExplicitAuthFlows } });
const allowedBy = (...values: ExplicitAuthFlow[]) => flows.filter((flow) => isFlowAllowed(clientWith(...values), flow));

describe('The flows of a client', () => {
  test('are SRP, custom and refresh when nothing was said', () => {
    const expected = ['USER_SRP_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'];
    expect(flows.filter((flow) => isFlowAllowed(aClient(), flow))).toEqual(expected);
    expect(allowedBy()).toEqual(expected);
  });

  test.each<[ExplicitAuthFlow, AuthFlow[]]>([
    ['ALLOW_USER_SRP_AUTH', ['USER_SRP_AUTH']],
    ['ALLOW_USER_PASSWORD_AUTH', ['USER_PASSWORD_AUTH']],
    ['ALLOW_ADMIN_USER_PASSWORD_AUTH', ['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH']],
    ['ALLOW_CUSTOM_AUTH', ['CUSTOM_AUTH']],
    ['ALLOW_REFRESH_TOKEN_AUTH', ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN']],
    ['ALLOW_USER_AUTH', ['USER_AUTH']],
    ['ALLOW_CLIENT_TOKEN_AUTH', []],
    [
      'ADMIN_NO_SRP_AUTH',
      [
        'USER_SRP_AUTH',
        'ADMIN_USER_PASSWORD_AUTH',
        'ADMIN_NO_SRP_AUTH',
        'CUSTOM_AUTH',
        'REFRESH_TOKEN_AUTH',
        'REFRESH_TOKEN',
      ],
    ],
    [
      'USER_PASSWORD_AUTH',
      ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'],
    ],
    ['CUSTOM_AUTH_FLOW_ONLY', ['CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN']],
  ])('are by %s alone %j', (value, expected) => {
    expect(allowedBy(value)).toEqual(expected);
  });

  test.each<[AuthFlow, string]>([
    ['USER_SRP_AUTH', 'InvalidParameterException: USER_SRP_AUTH is not enabled for the client.'],
    ['USER_PASSWORD_AUTH', 'InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client'],
    ['ADMIN_USER_PASSWORD_AUTH', 'InvalidParameterException: Auth flow not enabled for this client'],
    ['ADMIN_NO_SRP_AUTH', 'InvalidParameterException: Auth flow not enabled for this client'],
    ['CUSTOM_AUTH', 'InvalidParameterException: CUSTOM_AUTH is not enabled for the client.'],
    ['REFRESH_TOKEN_AUTH', 'InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client'],
    ['REFRESH_TOKEN', 'InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client'],
    ['USER_AUTH', 'InvalidParameterException: USER_AUTH flow not enabled for this client'],
  ])('refuse %s in the words of that flow', (flow, expected) => {
    expect(refusalOf(() => requireFlow(clientWith('ALLOW_CLIENT_TOKEN_AUTH'), flow))).toBe(expected);
  });

  test('let through what they allow', () => {
    expect(refusalOf(() => requireFlow(clientWith('ALLOW_USER_SRP_AUTH'), 'USER_SRP_AUTH'))).toBe('nothing is refused');
  });

  test('refresh in one way alone: by rotation, or without', () => {
    const settings = { RefreshTokenRotation: { Feature: 'ENABLED' } } as const;
    expect(isRotating(settings)).toBe(true);
    expect(isRotating({ RefreshTokenRotation: { Feature: 'DISABLED' } })).toBe(false);
    for (const flow of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const) {
      expect(refusalOf(() => requireFlow(aClient({ settings }), flow))).toMatch(/^UnsupportedOperationException: /);
    }
  });

  test('are of the older kind without the prefix', () => {
    expect(['USER_PASSWORD_AUTH', 'ALLOW_USER_PASSWORD_AUTH'].map(isLegacy)).toEqual([true, false]);
  });
});
