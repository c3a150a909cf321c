/** An administrator registers an application with a pool. */
import { iam } from '../../core/contract/callers.ts';
import { limitExceeded, poolNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientSecret, poolId } from '../../core/contract/shapes/identifiers.ts';
import type { Client, ClientSecret, ClientSettings } from '../../core/model/client.ts';
import type { Ports } from '../../core/ports/index.ts';
import type { Random } from '../../core/ports/random.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { clientId, clientSecretId, clientSecret as newSecret } from '../../core/rules/identifiers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { type ClientSurroundings, clientSettingsFrom, requireOneSecret } from '../app-client-settings.ts';
import { describeClient } from '../app-client-views.ts';
import { requireClientQuotas } from '../client-quotas.ts';
import { surroundingsOf } from '../client-surroundings.ts';
import { clientGaps } from '../gaps.ts';
import { clientName, clientSettings, userPoolClientType } from '../shapes.ts';

export const CreateUserPoolClient = operation({
  name: 'CreateUserPoolClient',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientName: clientName,
    GenerateSecret: s.optional(s.boolean()),
    ClientSecret: s.optional(clientSecret),
    ...clientSettings,
  }),
  output: s.structure({ UserPoolClient: s.optional(userPoolClientType) }),
  errors: [
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidOAuthFlowException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'ScopeDoesNotExistException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'resourceServers', 'identityProviders', 'settings', 'clock', 'random'],
  gaps: clientGaps,

  async handle(input, ports) {
    const most = quotaOf(ports, 'clientsPerPool');
    const pool = await requirePool(ports, input.UserPoolId);
    requireOneSecret(input.GenerateSecret, input.ClientSecret);
    const client = newClient(input, await surroundingsOf(ports, pool, input), ports);
    requireClientQuotas(ports, client.settings, limitExceeded);
    const outcome = await ports.clients.add(client, most);
    if (outcome === 'full') throw limitExceeded('clients of a user pool', most);
    if (outcome === 'pool gone') throw poolNotFound(pool.id);
    // An id is drawn from 130 bits: nothing that the caller could do about it.
    if (outcome === 'taken') throw new Error(`There is a client ${client.id} already.`);
    return { UserPoolClient: describeClient(client) };
  },
});

interface Asked extends ClientSettings {
  readonly ClientName: string;
  readonly GenerateSecret?: boolean | undefined;
  readonly ClientSecret?: string | undefined;
}

function newClient(
  asked: Asked,
  surroundings: Omit<ClientSurroundings, 'hasSecret'>,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Client {
  const now = clock.now();
  const id = clientId(random);
  const secrets = firstSecrets(id, asked, random, now);
  return {
    id,
    poolId: surroundings.pool.id,
    name: asked.ClientName,
    secrets,
    createdAt: now,
    modifiedAt: now,
    settings: clientSettingsFrom(asked, { ...surroundings, hasSecret: secrets.length > 0 }),
    version: 0,
  };
}

/** None for a public client. */
function firstSecrets(id: string, asked: Asked, random: Random, now: number): readonly ClientSecret[] {
  const value = asked.GenerateSecret ? newSecret(random) : asked.ClientSecret;
  return value === undefined ? [] : [{ id: clientSecretId(id, now), createdAt: now, value }];
}
