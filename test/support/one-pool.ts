/** What tests ask of one pool: to look at it, and to change its own settings. */
import {
  AddCustomAttributesCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  type GetUserPoolMfaConfigResponse,
  GetUserPoolSessionConfigurationCommand,
  type SchemaAttributeType,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigRequest,
  SetUserPoolSessionConfigurationCommand,
  type SetUserPoolSessionConfigurationRequest,
  UpdateUserPoolCommand,
  type UpdateUserPoolRequest,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Service, startService } from './start-service.ts';

type Without<T> = Omit<T, 'UserPoolId'>;

export type Changes = Without<UpdateUserPoolRequest>;
export type MfaChanges = Without<SetUserPoolMfaConfigRequest>;
export type SessionChanges = Without<SetUserPoolSessionConfigurationRequest>;

export interface OnePool {
  readonly id: string;
  look(): Promise<UserPoolType>;
  update(changes: Changes): Promise<unknown>;
  add(...attributes: SchemaAttributeType[]): Promise<unknown>;
  mfa(): Promise<GetUserPoolMfaConfigResponse>;
  setMfa(changes: MfaChanges): Promise<unknown>;
  sessions(): Promise<unknown>;
  setSessions(changes: SessionChanges): Promise<unknown>;
}

export type ServedPool = OnePool & { readonly service: Service };

/** In a service of its own. */
export async function aServedPool(settings: Partial<CreateUserPoolCommandInput> = {}): Promise<ServedPool> {
  const service = await startService();
  return { ...onePool(service, await service.aPool(settings)), service };
}

export function onePool({ client }: Pick<Service, 'client'>, { id }: { readonly id: string }): OnePool {
  const UserPoolId = id;
  return {
    id,
    async look() {
      const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
      return UserPool ?? {};
    },
    update: async (changes) => answered(client.send(new UpdateUserPoolCommand({ UserPoolId, ...changes }))),
    add: async (...CustomAttributes) =>
      answered(client.send(new AddCustomAttributesCommand({ UserPoolId, CustomAttributes }))),
    mfa: async () => answered(client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))),
    setMfa: async (changes) => answered(client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...changes }))),
    sessions: async () => answered(client.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId }))),
    setSessions: async (changes) =>
      answered(client.send(new SetUserPoolSessionConfigurationCommand({ UserPoolId, ...changes }))),
  };
}

/** The answer without what the SDK adds to it. */
async function answered<T extends { readonly $metadata: unknown }>(call: Promise<T>): Promise<Omit<T, '$metadata'>> {
  const { $metadata, ...answer } = await call;
  return answer;
}
