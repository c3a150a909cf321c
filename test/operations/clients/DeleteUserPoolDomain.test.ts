import { randomUUID } from 'node:crypto';
import {
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  UpdateUserPoolCommand,
  UpdateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { builtOperations, someInput } from '../../support/built-operations.ts';
import {
  aPoolWithDomain,
  createDomain,
  custom,
  describeDomain,
  domainsOf,
  newHostName,
  newPrefix,
} from '../../support/domains.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { testTable } from '../../support/table.ts';

const noSuchDomain = 'InvalidParameterException: No such domain or user pool exists.';
const hasDomain =
  'InvalidParameterException: User pool cannot be deleted. It has a domain configured that should be deleted first.';
const isProtected =
  'InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.';
const accepted = 'nothing is refused';
const gone = (poolId: string): string => `ResourceNotFoundException: User pool ${poolId} does not exist.`;

type Sender = Pick<Service, 'client'>;

const deleteDomain = ({ client }: Sender, UserPoolId: string, Domain: string) =>
  client.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain }));
const deletePool = ({ client }: Sender, UserPoolId: string) => client.send(new DeleteUserPoolCommand({ UserPoolId }));

describe('DeleteUserPoolDomain', () => {
  test('answers an empty object, and the domain is gone', async () => {
    const service = await startService();
    const { id: UserPoolId, domain: Domain } = await aPoolWithDomain(service);
    expect(await service.call('DeleteUserPoolDomain', { UserPoolId, Domain })).toMatchObject({ status: 200, json: {} });
    expect(await describeDomain(service, Domain)).toEqual({});
    expect(await domainsOf(service, UserPoolId)).toEqual({ Domain: undefined, CustomDomain: undefined });
    expect(await refused(deleteDomain(service, UserPoolId, Domain))).toBe(noSuchDomain);
  });

  test('leaves the other domain of the pool', async () => {
    const service = await startService();
    const { id, domain } = await aPoolWithDomain(service);
    const hostName = newHostName();
    await createDomain(service, id, hostName, custom);
    await deleteDomain(service, id, domain);
    expect(await domainsOf(service, id)).toEqual({ Domain: undefined, CustomDomain: hostName });
    await createDomain(service, id, domain);
    await deleteDomain(service, id, hostName);
    expect(await domainsOf(service, id)).toEqual({ Domain: domain, CustomDomain: undefined });
  });

  test('frees the name for any pool', async () => {
    const service = await startService();
    const { id, domain } = await aPoolWithDomain(service);
    const other = await service.aPool();
    await deleteDomain(service, id, domain);
    await createDomain(service, other.id, domain);
    expect(await describeDomain(service, domain)).toMatchObject({ UserPoolId: other.id });
  });

  test('does not know a domain of another pool, nor a pool that nobody made', async () => {
    const service = await startService();
    const [one, other] = [await aPoolWithDomain(service), await service.aPool()];
    expect(await refused(deleteDomain(service, other.id, one.domain))).toBe(noSuchDomain);
    expect(await refused(deleteDomain(service, 'us-east-1_000000000', one.domain))).toBe(gone('us-east-1_000000000'));
    expect(await describeDomain(service, one.domain)).toMatchObject({ UserPoolId: one.id });
  });

  test('is done once of many times at once', async () => {
    const [one, other] = await startProcesses();
    const { id, domain } = await aPoolWithDomain(one);
    const asked = await outcomes([one, other, one, other].map((service) => deleteDomain(service, id, domain)));
    expect(asked.toSorted()).toEqual([noSuchDomain, noSuchDomain, noSuchDomain, 'done']);
  });

  test('asks for another try when others are always faster', async () => {
    const first = await startService();
    const { id, domain } = await aPoolWithDomain(first);
    const domains = { ...first.ports.domains, remove: async () => 'changed' as const };
    expect(await refused(deleteDomain(await startService({ ports: { domains } }), id, domain))).toBe(
      'ConcurrentModificationException: The user pool is being changed by another request.',
    );
  });
});

describe('DeleteUserPool of a pool with a domain', () => {
  test('is refused for a prefix and for a host name, and for its protection first', async () => {
    const service = await startService();
    const { id: UserPoolId, domain } = await aPoolWithDomain(service);
    await createDomain(service, UserPoolId, newHostName(), custom);
    expect(await refused(deletePool(service, UserPoolId))).toBe(hasDomain);
    await service.client.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'ACTIVE' }));
    expect(await refused(deletePool(service, UserPoolId))).toBe(isProtected);
    await service.client.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
    await deleteDomain(service, UserPoolId, domain);
    expect(await refused(deletePool(service, UserPoolId))).toBe(hasDomain);
    const { CustomDomain = '' } = await domainsOf(service, UserPoolId);
    await deleteDomain(service, UserPoolId, CustomDomain);
    expect(await refused(deletePool(service, UserPoolId))).toBe(accepted);
  });

  test('ends with a pool and its domain, or with neither, when both are decided at once', async () => {
    const [one, other] = await startProcesses();
    for (let round = 0; round < 10; round++) {
      const { id } = await one.aPool();
      const name = newPrefix();
      const [made, deleted] = await outcomes([createDomain(one, id, name), deletePool(other, id)]);
      if (made === 'done') {
        expect(deleted).toBe(hasDomain);
        expect(await describeDomain(other, name)).toMatchObject({ UserPoolId: id });
        expect(await domainsOf(other, id)).toEqual({ Domain: name, CustomDomain: undefined });
      } else {
        expect([made, deleted]).toEqual([gone(id), 'done']);
        expect(await testTable().get({ PK: `D#${name}`, SK: '@' })).toBeUndefined();
      }
    }
  });
});

test('DeleteUserPool: protected, with domain, success; afterwards no operation knows the pool (pools-and-users 19)', async () => {
  const service = await startService();
  const { client } = service;
  const { id: UserPoolId } = await service.aPool({ DeletionProtection: 'ACTIVE' });
  const domain = newPrefix();
  await createDomain(service, UserPoolId, domain);
  expect(await refused(deletePool(service, UserPoolId))).toBe(isProtected);
  await client.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
  expect(await refused(deletePool(service, UserPoolId))).toBe(hasDomain);
  await deleteDomain(service, UserPoolId, domain);
  expect(await service.call('DeleteUserPool', { UserPoolId })).toMatchObject({ status: 200, body: '' });
  const ManagedLoginBrandingId = randomUUID();
  for (const operation of builtOperations('iam', 'UserPoolId')) {
    const { json } = await service.call(operation.name, someInput(operation, { UserPoolId, ManagedLoginBrandingId }));
    const message = `User pool ${UserPoolId} does not exist.`;
    expect(json, operation.name).toEqual({ __type: 'ResourceNotFoundException', message });
  }
});

test('Domains from creation to deletion (oauth-and-login 1)', async () => {
  const service = await startService();
  const [pool, other] = [await service.aPool(), await service.aPool()];
  const [prefix, hostName] = [newPrefix(), newHostName()];
  expect(await describeDomain(service, prefix)).toEqual({});
  await createDomain(service, pool.id, prefix);
  await createDomain(service, pool.id, hostName, custom);
  expect(await domainsOf(service, pool.id)).toEqual({ Domain: prefix, CustomDomain: hostName });
  expect(await refused(createDomain(service, other.id, prefix))).toBe(
    'InvalidParameterException: Domain already associated with another user pool',
  );
  expect(await refused(createDomain(service, other.id, 'x-aws-y'))).toBe(
    'InvalidParameterException: Domain cannot contain reserved word: aws',
  );
  const update = { UserPoolId: pool.id, Domain: prefix, ManagedLoginVersion: 2 };
  await service.client.send(new UpdateUserPoolDomainCommand(update));
  expect(await describeDomain(service, prefix)).toMatchObject({ UserPoolId: pool.id, ManagedLoginVersion: 2 });
  expect(await refused(deletePool(service, pool.id))).toBe(hasDomain);
  await deleteDomain(service, pool.id, prefix);
  await deleteDomain(service, pool.id, hostName);
  expect([await describeDomain(service, prefix), await describeDomain(service, hostName)]).toEqual([{}, {}]);
  expect(await refused(deletePool(service, pool.id))).toBe(accepted);
});
