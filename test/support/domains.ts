/** Makes domains through the API, under names that no other test has. */
import { randomUUID } from 'node:crypto';
import {
  CreateUserPoolDomainCommand,
  type CreateUserPoolDomainCommandInput,
  type CreateUserPoolDomainCommandOutput,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  type DomainDescriptionType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Service } from './start-service.ts';

type Sender = Pick<Service, 'client'>;
type Settings = Partial<Omit<CreateUserPoolDomainCommandInput, 'UserPoolId' | 'Domain'>>;

export const newPrefix = (): string => `p-${randomUUID()}`;
export const newHostName = (): string => `h-${randomUUID()}.example.com`;

export const certificate = (region = 'us-east-1') => ({
  CertificateArn: `arn:aws:acm:${region}:111122223333:certificate/6b7f21a1`,
});

/** Of a custom domain. */
export const custom = { CustomDomainConfig: certificate() };

/** Without the metadata that SDKs add. */
export async function createDomain(
  { client }: Sender,
  UserPoolId: string,
  Domain: string,
  settings: Settings = {},
): Promise<Omit<CreateUserPoolDomainCommandOutput, '$metadata'>> {
  const command = new CreateUserPoolDomainCommand({ UserPoolId, Domain, ...settings });
  const { $metadata: _metadata, ...answer } = await client.send(command);
  return answer;
}

export async function describeDomain({ client }: Sender, Domain: string): Promise<DomainDescriptionType | undefined> {
  return (await client.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription;
}

/** The two names that DescribeUserPool shows. */
export async function domainsOf({ client }: Sender, UserPoolId: string) {
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  return { Domain: UserPool?.Domain, CustomDomain: UserPool?.CustomDomain };
}

/** A pool with a prefix, for what needs one. */
export async function aPoolWithDomain(service: Pick<Service, 'client' | 'aPool'>) {
  const pool = await service.aPool();
  const domain = newPrefix();
  await createDomain(service, pool.id, domain);
  return { ...pool, domain };
}
