/** The synthesised app that was told limits: its functions count in the table, with rights that they have only then. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  GetProvisionedLimitCommand,
  ListUsersCommand,
  UpdateProvisionedLimitCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, expect, test } from 'vitest';
import { outcomes, refused } from '../support/refused.ts';
import { sdkOf } from './running-stack.contract.ts';
import { credentialsOf, runningStack } from './running-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'millpond-limits-'));
const limits = join(folder, 'limits.json');
writeFileSync(
  limits,
  JSON.stringify({ quotas: { poolsPerAccount: 1 }, rates: { UserList: 1 }, maximumRates: { UserRead: 200 } }),
);
afterAll(() => rmSync(folder, { recursive: true }));

const running = runningStack({ routing: 'direct', limits });

test('A deployment holds to the quotas and the request rates that it was told', async () => {
  const sdk = sdkOf(running(), await credentialsOf(running()));
  const createPool = () => sdk.send(new CreateUserPoolCommand({ PoolName: 'people' }));
  const { UserPool } = await createPool();
  expect(await refused(createPool())).toMatch(/^LimitExceededException: /);

  // However slow the machine is, not each of them comes in a second of its own.
  const lists = Array.from({ length: 20 }, () => sdk.send(new ListUsersCommand({ UserPoolId: UserPool?.Id })));
  const answers = await outcomes(lists);
  expect(new Set(answers)).toEqual(new Set(['done', 'TooManyRequestsException: Rate exceeded']));

  await sdk.send(new DeleteUserPoolCommand({ UserPoolId: UserPool?.Id }));
  expect((await createPool()).UserPool?.Name).toBe('people');
});

test('An account of a deployment raises its rates as far as the deployment lets it', async () => {
  const { clock } = running();
  const sdk = sdkOf(running(), await credentialsOf(running()));
  const LimitDefinition = { LimitClass: 'API_CATEGORY', Attributes: { Category: 'UserRead' } } as const;
  const raise = (RequestedLimitValue: number) =>
    sdk.send(new UpdateProvisionedLimitCommand({ LimitDefinition, RequestedLimitValue }));
  await raise(200);
  clock.advance(1_000);
  expect(await refused(raise(201))).toMatch(/^ServiceQuotaExceededException: /);
  clock.advance(1_000);
  const { Limit } = await sdk.send(new GetProvisionedLimitCommand({ LimitDefinition }));
  expect(Limit).toEqual({ LimitDefinition, ProvisionedLimitValue: 200, FreeLimitValue: 120 });
});
