/** Resource servers of a pool, as an administrator handles them. */
import {
  CreateResourceServerCommand,
  DeleteResourceServerCommand,
  DescribeResourceServerCommand,
  ListResourceServersCommand,
  type ListResourceServersCommandInput,
  type ResourceServerScopeType,
  UpdateResourceServerCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Service } from './start-service.ts';

interface Given {
  readonly Name?: string;
  readonly Scopes?: ResourceServerScopeType[];
}

export const readAndWrite: ResourceServerScopeType[] = [
  { ScopeName: 'read', ScopeDescription: 'Look at the shop' },
  { ScopeName: 'write', ScopeDescription: 'Buy and sell' },
];

/** Scopes by their names alone. */
export const scopesNamed = (...names: readonly string[]): ResourceServerScopeType[] =>
  names.map((ScopeName) => ({ ScopeName, ScopeDescription: `To ${ScopeName}` }));

export function serversOf({ client }: Pick<Service, 'client'>, { id: UserPoolId }: { readonly id: string }) {
  return {
    async create(Identifier: string, { Name = 'Shop', Scopes }: Given = {}) {
      const asked = new CreateResourceServerCommand({ UserPoolId, Identifier, Name, Scopes });
      return (await client.send(asked)).ResourceServer;
    },
    async update(Identifier: string, { Name = 'Shop', Scopes }: Given = {}) {
      const asked = new UpdateResourceServerCommand({ UserPoolId, Identifier, Name, Scopes });
      return (await client.send(asked)).ResourceServer;
    },
    async look(Identifier: string) {
      return (await client.send(new DescribeResourceServerCommand({ UserPoolId, Identifier }))).ResourceServer;
    },
    remove: (Identifier: string) => client.send(new DeleteResourceServerCommand({ UserPoolId, Identifier })),
    list: (page: Partial<ListResourceServersCommandInput> = {}) =>
      client.send(new ListResourceServersCommand({ UserPoolId, ...page })),
  };
}
