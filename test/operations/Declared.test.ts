/**
 * As Terraform and its like use the API: a thing is made as declared, read back, and what was read back changes nothing.
 * What has most to declare does so beside its operations: pools, app clients and identity providers.
 */
import {
  CreateGroupCommand,
  type CreateGroupCommandInput,
  CreateResourceServerCommand,
  CreateUserPoolDomainCommand,
  type CreateUserPoolDomainCommandInput,
  DescribeResourceServerCommand,
  DescribeUserPoolDomainCommand,
  GetGroupCommand,
  type ResourceServerScopeType,
  UpdateGroupCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { certificate, newHostName, newPrefix } from '../support/domains.ts';
import { type Service, startService } from '../support/start-service.ts';

type Dates = { readonly CreationDate?: Date | undefined; readonly LastModifiedDate?: Date | undefined };

/** One thing of a pool, through the operations that such tools have for it. */
interface Declared<Shown extends object = object> {
  create(): Promise<unknown>;
  read(): Promise<(Shown & Dates) | undefined>;
  update(shown: Shown): Promise<unknown>;
  /** All that must be read, dates aside. */
  readonly shown: object;
}

const declared = <Shown extends object>(thing: Declared<Shown>): Declared => thing;

type Declare = (service: Service, UserPoolId: string) => Declared;

const group =
  (settings: Omit<CreateGroupCommandInput, 'UserPoolId' | 'GroupName'>): Declare =>
  ({ client }, UserPoolId) => {
    const named = { UserPoolId, GroupName: 'staff' };
    return declared({
      create: () => client.send(new CreateGroupCommand({ ...named, ...settings })),
      read: async () => (await client.send(new GetGroupCommand(named))).Group,
      update: ({ Description, Precedence, RoleArn }) =>
        client.send(new UpdateGroupCommand({ ...named, Description, Precedence, RoleArn })),
      shown: { ...named, ...settings },
    });
  };

const resourceServer =
  (settings: { readonly Scopes?: ResourceServerScopeType[] }): Declare =>
  ({ client }, UserPoolId) => {
    const named = { UserPoolId, Identifier: 'https://shop.example.com' };
    return declared({
      create: () => client.send(new CreateResourceServerCommand({ ...named, Name: 'Shop', ...settings })),
      read: async () => (await client.send(new DescribeResourceServerCommand(named))).ResourceServer,
      update: ({ Name, Scopes }) => client.send(new UpdateResourceServerCommand({ ...named, Name, Scopes })),
      shown: { ...named, Name: 'Shop', ...settings },
    });
  };

type DomainSettings = Omit<CreateUserPoolDomainCommandInput, 'UserPoolId' | 'Domain'>;

const domain =
  (newName: () => string, settings: DomainSettings): Declare =>
  ({ client }, UserPoolId) => {
    const named = { UserPoolId, Domain: newName() };
    return declared({
      create: () => client.send(new CreateUserPoolDomainCommand({ ...named, ...settings })),
      read: async () => (await client.send(new DescribeUserPoolDomainCommand(named))).DomainDescription,
      update: ({ ManagedLoginVersion, CustomDomainConfig }) =>
        client.send(
          new UpdateUserPoolDomainCommand({
            ...named,
            ManagedLoginVersion,
            // Of a prefix, it is shown empty.
            CustomDomainConfig: CustomDomainConfig?.CertificateArn === undefined ? undefined : CustomDomainConfig,
          }),
        ),
      shown: {
        ...named,
        AWSAccountId: '000000000000',
        CloudFrontDistribution: 'localhost',
        Version: expect.stringMatching(/^[0-9]{14}$/),
        Status: 'ACTIVE',
        CustomDomainConfig: {},
        ManagedLoginVersion: 1,
        ...settings,
      },
    });
  };

const scopes = [
  { ScopeName: 'write', ScopeDescription: 'Change what is for sale' },
  { ScopeName: 'read', ScopeDescription: 'See what is for sale' },
];
const RoleArn = 'arn:aws:iam::111122223333:role/staff';
const ownCertificate = { ...certificate(), SecurityPolicy: 'TLS_V1_3_2025' } as const;

const things: readonly (readonly [what: string, declare: Declare])[] = [
  ['group of a name alone', group({})],
  ['group with everything set', group({ Description: 'Those who work here', Precedence: 0, RoleArn })],
  ['resource server without scopes', resourceServer({})],
  ['resource server with scopes', resourceServer({ Scopes: scopes })],
  ['prefix', domain(newPrefix, {})],
  ['prefix with the version of its pages', domain(newPrefix, { ManagedLoginVersion: 2 })],
  ['host name', domain(newHostName, { CustomDomainConfig: ownCertificate })],
];

const withoutDates = ({ CreationDate: _created, LastModifiedDate: _modified, ...shown }: Dates) => shown;

test.each(things)('A %s is read back as declared, and what was read back changes nothing', async (_, declare) => {
  const service = await startService();
  const { id } = await service.aPool();
  const { create, read, update, shown } = declare(service, id);
  await create();
  const first = (await read()) ?? {};
  expect(withoutDates(first)).toEqual(shown);
  service.clock.advance(60_000);
  await update(first);
  const second = (await read()) ?? {};
  expect(withoutDates(second)).toEqual(shown);
  expect(second.CreationDate).toEqual(first.CreationDate);
});
