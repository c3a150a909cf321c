import { GetProvisionedLimitCommand, UpdateProvisionedLimitCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { usualRates } from '../../../lambdas/core/rules/request-rates.ts';
import { anAccount, shownLimit } from '../../support/provisioned-limits.ts';
import { refused } from '../../support/refused.ts';

describe('GetProvisionedLimit', () => {
  test.each(Object.entries(usualRates))(
    'answers what every account has of %s (pools-and-users 23)',
    async (name, free) => {
      const { get } = await anAccount();
      expect(await get(name)).toEqual(shownLimit(name, free, free));
    },
  );

  test('answers what the deployment gives every account', async () => {
    const { get } = await anAccount({ rates: { UserAuthentication: 200 } });
    expect(await get('UserAuthentication')).toEqual(shownLimit('UserAuthentication', 200, 200));
  });

  test.each(['ListUsers', 'userread', '', 'toString', '__proto__'])('knows no category %j', async (category) => {
    const { get } = await anAccount();
    expect(await refused(get(category))).toBe('ResourceNotFoundException: There is no limit of that category.');
  });

  test.each([{}, { category: 'UserRead' }, { Category: 'UserRead', Pool: 'us-east-1_A' }])(
    'refuses the attributes %j',
    async (Attributes) => {
      const { service } = await anAccount();
      const LimitDefinition = { LimitClass: 'API_CATEGORY' as const, Attributes };
      for (const command of [
        new GetProvisionedLimitCommand({ LimitDefinition }),
        new UpdateProvisionedLimitCommand({ LimitDefinition, RequestedLimitValue: 200 }),
      ]) {
        expect(await refused(service.client.send(command as GetProvisionedLimitCommand))).toBe(
          'InvalidParameterException: LimitDefinition must have one attribute, which is Category.',
        );
      }
    },
  );

  test('refuses another class of limits', async () => {
    const { service } = await anAccount();
    const { json } = await service.call('GetProvisionedLimit', {
      LimitDefinition: { LimitClass: 'POOL', Attributes: { Category: 'UserRead' } },
    });
    expect(json).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value 'POOL' at 'limitDefinition.limitClass' failed to satisfy constraint: " +
        'Member must satisfy enum value set: [API_CATEGORY]',
    });
  });
});
