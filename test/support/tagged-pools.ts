/** A pool with tags, and what is done with them. */
import {
  DescribeUserPoolCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Service, type ServiceOptions, startService } from './start-service.ts';

export type Tags = Readonly<Record<string, string>>;

export async function aTaggedPool(tags: Tags = {}, options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await service.aPool({ UserPoolTags: tags });
  return { service, pool, arn: String(pool.Arn), ...tagging(service, pool) };
}

export function tagging(
  { client }: Pick<Service, 'client'>,
  pool: { readonly id: string; readonly Arn?: string | undefined },
) {
  const ResourceArn = pool.Arn;
  return {
    tag: (Tags: Tags) => client.send(new TagResourceCommand({ ResourceArn, Tags })),
    untag: (...TagKeys: string[]) => client.send(new UntagResourceCommand({ ResourceArn, TagKeys })),
    list: async () => (await client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags,
    look: async () => (await client.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }))).UserPool,
  };
}

export const invalidArn =
  'InvalidParameterException: ResourceArn must be the ARN of a user pool in this account and Region.';

/** What looks like the ARN of a pool, and is none here. */
export const foreignArns = (arn: string): readonly (readonly [what: string, arn: string])[] => [
  ['another partition', arn.replace('arn:aws:', 'arn:aws-cn:')],
  ['another service', arn.replace(':cognito-idp:', ':cognito-identity:')],
  ['another region', arn.replace(':us-east-1:', ':eu-west-1:')],
  ['no region', arn.replace(':us-east-1:', '::')],
  ['a region in other letters', arn.replace(':us-east-1:', ':US-EAST-1:')],
  ['another account', arn.replace(/:\d{12}:/, ':999999999999:')],
  ['a longer number of the account', arn.replace(/:(\d{12}):/, ':0$1:')],
  ['a shorter number of the account', arn.replace(/:\d{12}:/, ':0:')],
  ['another kind of resource', arn.replace(':userpool/', ':identitypool/')],
  ['a kind in other letters', arn.replace(':userpool/', ':userPool/')],
  ['an id after a colon', arn.replace(':userpool/', ':userpool:')],
  ['an id after two slashes', arn.replace(':userpool/', ':userpool//')],
  ['an id after a path', arn.replace(':userpool/', ':userpool/x/')],
  ['an id after dots', arn.replace(':userpool/', ':userpool/./')],
  ['something behind the id', `${arn}/`],
  ['a part behind the id', `${arn}:x`],
  ['a part of the pool', `${arn}/client/x`],
  ['no id', arn.replace(/userpool\/.*$/, 'userpool/')],
  ['an id of another form', arn.replace(/userpool\/.*$/, 'userpool/people')],
  ['two ARNs in one', arn.replace(/^arn:aws:cognito-idp:[^:]+:(\d+):(.*)$/, 'arn:aws:s3:x:$1:$2')],
];
