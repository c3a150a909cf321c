/** What an administrator decides for a whole pool: settings, schema, second factors, risk, logs, tags, copies, limits. */
import type { Operations } from '../core/contract/operation.ts';
import { AddCustomAttributes } from './operations/AddCustomAttributes.ts';
import { CreateUserPool } from './operations/CreateUserPool.ts';
import { CreateUserPoolReplica } from './operations/CreateUserPoolReplica.ts';
import { DeleteUserPool } from './operations/DeleteUserPool.ts';
import { DeleteUserPoolReplica } from './operations/DeleteUserPoolReplica.ts';
import { DescribeRiskConfiguration } from './operations/DescribeRiskConfiguration.ts';
import { DescribeUserPool } from './operations/DescribeUserPool.ts';
import { GetLogDeliveryConfiguration } from './operations/GetLogDeliveryConfiguration.ts';
import { GetProvisionedLimit } from './operations/GetProvisionedLimit.ts';
import { GetSigningCertificate } from './operations/GetSigningCertificate.ts';
import { GetUserPoolMfaConfig } from './operations/GetUserPoolMfaConfig.ts';
import { GetUserPoolSessionConfiguration } from './operations/GetUserPoolSessionConfiguration.ts';
import { ListTagsForResource } from './operations/ListTagsForResource.ts';
import { ListUserPoolReplicas } from './operations/ListUserPoolReplicas.ts';
import { ListUserPools } from './operations/ListUserPools.ts';
import { SetLogDeliveryConfiguration } from './operations/SetLogDeliveryConfiguration.ts';
import { SetRiskConfiguration } from './operations/SetRiskConfiguration.ts';
import { SetUserPoolMfaConfig } from './operations/SetUserPoolMfaConfig.ts';
import { SetUserPoolSessionConfiguration } from './operations/SetUserPoolSessionConfiguration.ts';
import { TagResource } from './operations/TagResource.ts';
import { UntagResource } from './operations/UntagResource.ts';
import { UpdateProvisionedLimit } from './operations/UpdateProvisionedLimit.ts';
import { UpdateUserPool } from './operations/UpdateUserPool.ts';
import { UpdateUserPoolReplica } from './operations/UpdateUserPoolReplica.ts';

export const pools = {
  AddCustomAttributes,
  CreateUserPool,
  CreateUserPoolReplica,
  DeleteUserPool,
  DeleteUserPoolReplica,
  DescribeRiskConfiguration,
  DescribeUserPool,
  GetLogDeliveryConfiguration,
  GetProvisionedLimit,
  GetSigningCertificate,
  GetUserPoolMfaConfig,
  GetUserPoolSessionConfiguration,
  ListTagsForResource,
  ListUserPoolReplicas,
  ListUserPools,
  SetLogDeliveryConfiguration,
  SetRiskConfiguration,
  SetUserPoolMfaConfig,
  SetUserPoolSessionConfiguration,
  TagResource,
  UntagResource,
  UpdateProvisionedLimit,
  UpdateUserPool,
  UpdateUserPoolReplica,
} satisfies Operations;
