/** What an administrator sets up for applications: app clients and their secrets, resource servers, domains. */
import type { Operations } from '../core/contract/operation.ts';
import { AddUserPoolClientSecret } from './operations/AddUserPoolClientSecret.ts';
import { CreateResourceServer } from './operations/CreateResourceServer.ts';
import { CreateUserPoolClient } from './operations/CreateUserPoolClient.ts';
import { CreateUserPoolDomain } from './operations/CreateUserPoolDomain.ts';
import { DeleteResourceServer } from './operations/DeleteResourceServer.ts';
import { DeleteUserPoolClient } from './operations/DeleteUserPoolClient.ts';
import { DeleteUserPoolClientSecret } from './operations/DeleteUserPoolClientSecret.ts';
import { DeleteUserPoolDomain } from './operations/DeleteUserPoolDomain.ts';
import { DescribeResourceServer } from './operations/DescribeResourceServer.ts';
import { DescribeUserPoolClient } from './operations/DescribeUserPoolClient.ts';
import { DescribeUserPoolDomain } from './operations/DescribeUserPoolDomain.ts';
import { GetUserPoolClientSessionConfiguration } from './operations/GetUserPoolClientSessionConfiguration.ts';
import { ListResourceServers } from './operations/ListResourceServers.ts';
import { ListUserPoolClientSecrets } from './operations/ListUserPoolClientSecrets.ts';
import { ListUserPoolClients } from './operations/ListUserPoolClients.ts';
import { SetUserPoolClientSessionConfiguration } from './operations/SetUserPoolClientSessionConfiguration.ts';
import { UpdateResourceServer } from './operations/UpdateResourceServer.ts';
import { UpdateUserPoolClient } from './operations/UpdateUserPoolClient.ts';
import { UpdateUserPoolDomain } from './operations/UpdateUserPoolDomain.ts';

export const clients = {
  AddUserPoolClientSecret,
  CreateResourceServer,
  CreateUserPoolClient,
  CreateUserPoolDomain,
  DeleteResourceServer,
  DeleteUserPoolClient,
  DeleteUserPoolClientSecret,
  DeleteUserPoolDomain,
  DescribeResourceServer,
  DescribeUserPoolClient,
  DescribeUserPoolDomain,
  GetUserPoolClientSessionConfiguration,
  ListResourceServers,
  ListUserPoolClientSecrets,
  ListUserPoolClients,
  SetUserPoolClientSessionConfiguration,
  UpdateResourceServer,
  UpdateUserPoolClient,
  UpdateUserPoolDomain,
} satisfies Operations;
