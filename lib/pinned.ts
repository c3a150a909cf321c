/** Pins the logical id of what must never be replaced: moved in the tree of constructs, it stays the same resource. */
import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export function pin<T extends IConstruct>(construct: T, logicalId: string): T {
  const { defaultChild } = construct.node;
  if (!CfnResource.isCfnResource(defaultChild)) throw new Error(`${logicalId} is not one resource.`);
  defaultChild.overrideLogicalId(logicalId);
  return construct;
}
