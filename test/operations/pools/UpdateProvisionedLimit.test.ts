import { randomInt } from 'node:crypto';
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { isAdjustable, isRateCategory, usualRates } from '../../../lambdas/core/rules/request-rates.ts';
import { anAccount, definition, limitsOf, shownLimit } from '../../support/provisioned-limits.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

const invalid = (message: string): string => `InvalidParameterException: ${message}`;
const rateExceeded = 'TooManyRequestsException: Rate exceeded';

describe('UpdateProvisionedLimit', () => {
  test('raises a limit for its account and region, and lowers it again (pools-and-users 23)', async () => {
    const { service, get, raise } = await anAccount();
    expect(await raise('UserAuthentication', 300)).toEqual(shownLimit('UserAuthentication', 300, 120));
    expect(await get('UserAuthentication')).toEqual(shownLimit('UserAuthentication', 300, 120));
    expect(await get('UserRead')).toEqual(shownLimit('UserRead', 120, 120));
    const elsewhere = limitsOf(service.clientFor('eu-west-1'));
    expect(await elsewhere.get('UserAuthentication')).toEqual(shownLimit('UserAuthentication', 120, 120));
    const another = await anAccount();
    expect(await another.get('UserAuthentication')).toEqual(shownLimit('UserAuthentication', 120, 120));
    expect(await raise('UserAuthentication', 120)).toEqual(shownLimit('UserAuthentication', 120, 120));
    expect(await get('UserAuthentication')).toEqual(shownLimit('UserAuthentication', 120, 120));
  });

  test('goes from what is free to the maximum of the account, ten times as much, and no further (pools-and-users 23)', async () => {
    const { get, raise } = await anAccount();
    expect(await raise('UserCreation', 50)).toEqual(shownLimit('UserCreation', 50, 50));
    expect(await raise('UserCreation', 500)).toEqual(shownLimit('UserCreation', 500, 50));
    expect(await refused(raise('UserCreation', 49))).toBe(
      invalid('The limit of the category UserCreation cannot be less than 50.'),
    );
    expect(await refused(raise('UserCreation', -5))).toBe(
      invalid('The limit of the category UserCreation cannot be less than 50.'),
    );
    expect(await refused(raise('UserCreation', 501))).toBe(
      'ServiceQuotaExceededException: The limit of the category UserCreation cannot be more than 500.',
    );
    expect(await get('UserCreation')).toEqual(shownLimit('UserCreation', 500, 50));
  });

  test('goes to the maximum that the deployment was told', async () => {
    const { raise } = await anAccount({ maximumRates: { UserCreation: 60 } });
    expect(await raise('UserCreation', 60)).toEqual(shownLimit('UserCreation', 60, 50));
    expect(await refused(raise('UserCreation', 61))).toBe(
      'ServiceQuotaExceededException: The limit of the category UserCreation cannot be more than 60.',
    );
  });

  test.each(Object.keys(usualRates).filter((name) => isRateCategory(name) && !isAdjustable(name)))(
    'does not change %s, which is not adjustable (pools-and-users 23)',
    async (category) => {
      const { raise } = await anAccount();
      const free = usualRates[category as keyof typeof usualRates];
      for (const value of [free - 1, free, free + 1]) {
        expect(await refused(raise(category, value))).toBe(
          invalid(`The limit of the category ${category} is not adjustable.`),
        );
      }
    },
  );

  test('knows no other category', async () => {
    const { raise } = await anAccount();
    expect(await refused(raise('Coffee', 200))).toBe('ResourceNotFoundException: There is no limit of that category.');
  });

  test('wants a number', async () => {
    const { service } = await anAccount();
    const { json } = await service.call('UpdateProvisionedLimit', { LimitDefinition: definition('UserRead') });
    expect(json).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringContaining(
        "at 'requestedLimitValue' failed to satisfy constraint: Member must not be null",
      ),
    });
  });

  test('keeps all of several limits that are raised at once', async () => {
    const { get, raise } = await anAccount();
    const all = ['UserAuthentication', 'UserRead', 'UserToken'];
    await Promise.all(all.map((category) => raise(category, 200)));
    expect(await Promise.all(all.map(get))).toEqual(all.map((category) => shownLimit(category, 200, 120)));
  });
});

describe('A raised limit', () => {
  const rates = { UserRead: 3, LimitManagement: 100 };

  const readers =
    ({ client }: Service, poolId: string) =>
    async (times: number) => {
      const all = Array.from({ length: times }, (_, index) =>
        client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: `nobody-${index}` })),
      );
      return (await outcomes(all)).filter((outcome) => outcome !== rateExceeded).length;
    };

  test('holds at once where it was raised, and within thirty seconds in every other process', async () => {
    const account = randomInt(1e11, 1e12).toString();
    const { service, raise } = await anAccount({ account, rates });
    const other = await startService({ settings: { account, rates }, now: service.clock.now() });
    const { id } = await service.aPool();
    const [here, there] = [readers(service, id), readers(other, id)];
    expect([await here(9), await there(9)]).toEqual([3, 3]);
    await raise('UserRead', 5);
    for (const { clock } of [service, other]) clock.advance(1_000);
    expect([await here(9), await there(9)]).toEqual([5, 3]);
    for (const { clock } of [service, other]) clock.advance(30_000);
    expect([await here(9), await there(9)]).toEqual([5, 5]);
  });

  test('may be looked at and changed once a second', async () => {
    const { get, raise, service } = await anAccount({ rates: {} });
    expect(await get('UserRead')).toEqual(shownLimit('UserRead', 120, 120));
    expect([await refused(get('UserRead')), await refused(raise('UserRead', 130))]).toEqual([
      rateExceeded,
      rateExceeded,
    ]);
    service.clock.advance(1_000);
    expect(await raise('UserRead', 130)).toEqual(shownLimit('UserRead', 130, 120));
  });
});
