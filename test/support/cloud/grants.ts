/** The rights of each role in the templates, and what resources say of who may use them. */
import type { Statement } from './iam-policy.ts';
import type { Cloud, Resource } from './template.ts';

interface PolicyDocument {
  readonly Statement: readonly Statement[] | Statement;
}

const statementsOf = (document: unknown): readonly Statement[] =>
  // Templates hold policy documents in these places.
  document === undefined ? [] : [(document as PolicyDocument).Statement].flat();

/** All statements of the role with this ARN. */
export function statementsOfRole(cloud: Cloud, roleArn: string): readonly Statement[] {
  const role = cloud.ofType('AWS::IAM::Role').find(({ identity }) => identity.attributes['Arn'] === roleArn);
  if (role === undefined) throw new Error(`There is no role ${roleArn}`);
  const { ManagedPolicyArns = [], PermissionsBoundary } = role.properties;
  if ([ManagedPolicyArns].flat().length > 0) throw new Error(`${role.logicalId} has rights that no template shows`);
  if (PermissionsBoundary !== undefined) throw new Error(`${role.logicalId} has a boundary, which is not looked at`);
  // As CloudFormation has them.
  const inline = (role.properties['Policies'] ?? []) as readonly { readonly PolicyDocument: unknown }[];
  const attached = cloud
    .ofType('AWS::IAM::Policy')
    .filter(({ properties }) => (properties['Roles'] as readonly string[]).includes(role.identity.ref));
  return [
    ...inline.flatMap(({ PolicyDocument: document }) => statementsOf(document)),
    ...attached.flatMap(({ properties }) => statementsOf(properties['PolicyDocument'])),
  ];
}

/** Whether the service may be this role at all. */
export function mayBeAssumedBy(cloud: Cloud, roleArn: string, service: string): boolean {
  const role = cloud.ofType('AWS::IAM::Role').find(({ identity }) => identity.attributes['Arn'] === roleArn);
  return statementsOf(role?.properties['AssumeRolePolicyDocument']).some(
    ({ Effect, Principal, Action }) =>
      Effect === 'Allow' &&
      [Action].flat().includes('sts:AssumeRole') &&
      [(Principal as { readonly Service?: string | string[] } | undefined)?.Service].flat().includes(service),
  );
}

/** Statements of the policy on a resource, by its ARN; `undefined` where it has none. */
export function resourcePolicies(cloud: Cloud): ReadonlyMap<string, readonly Statement[]> {
  const ofKeys = cloud
    .ofType('AWS::KMS::Key')
    .map((key) => [arnOf(key), statementsOf(key.properties['KeyPolicy'])] as const);
  const ofQueues = cloud.ofType('AWS::SQS::QueuePolicy').flatMap(({ properties }) =>
    (properties['Queues'] as readonly string[]).map((url) => {
      const queue = cloud.ofType('AWS::SQS::Queue').find(({ identity }) => identity.ref === url);
      if (queue === undefined) throw new Error(`There is no queue ${url}`);
      return [arnOf(queue), statementsOf(properties['PolicyDocument'])] as const;
    }),
  );
  return new Map([...ofKeys, ...ofQueues]);
}

export const arnOf = ({ identity, logicalId }: Resource): string => {
  const arn = identity.attributes['Arn'];
  if (arn === undefined) throw new Error(`${logicalId} has no ARN`);
  return arn;
};
