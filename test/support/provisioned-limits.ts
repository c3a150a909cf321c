/** Request rates that an account has reserved, as an administrator handles them. */
import { randomInt } from 'node:crypto';
import {
  GetProvisionedLimitCommand,
  type LimitDefinitionType,
  UpdateProvisionedLimitCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Settings } from '../../lambdas/core/ports/settings.ts';
import { bodyOf } from './people.ts';
import { type Service, startService } from './start-service.ts';

export const definition = (Category: string): LimitDefinitionType => ({
  LimitClass: 'API_CATEGORY',
  Attributes: { Category },
});

/** An account that no other test knows. */
export async function anAccount(settings: Partial<Settings> = {}) {
  const service = await startService({ settings: { account: randomInt(1e11, 1e12).toString(), ...settings } });
  return { service, ...limitsOf(service.client) };
}

export const limitsOf = (client: Service['client']) => ({
  get: async (category: string) =>
    bodyOf(await client.send(new GetProvisionedLimitCommand({ LimitDefinition: definition(category) }))),
  raise: async (category: string, RequestedLimitValue: number) =>
    bodyOf(
      await client.send(
        new UpdateProvisionedLimitCommand({ LimitDefinition: definition(category), RequestedLimitValue }),
      ),
    ),
});

/** What both operations answer. */
export const shownLimit = (category: string, provisioned: number, free: number) => ({
  Limit: { LimitDefinition: definition(category), ProvisionedLimitValue: provisioned, FreeLimitValue: free },
});
