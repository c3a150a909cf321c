/** Functions of a pool that run while people sign in, and a pool that has them. */
import {
  AdminInitiateAuthCommand,
  type AuthFlowType,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  PostAuthenticationTriggerEvent,
  PreAuthenticationTriggerEvent,
  PreTokenGenerationTriggerEvent,
  UserMigrationTriggerEvent,
} from 'aws-lambda';
import { moduleTriggers, type TriggerFunctions } from '../../lambdas/adapters/triggers/module-triggers.ts';
import { type BuiltPool, somePassword } from './builders.ts';
import { choosingOf } from './choosing.ts';
import { type Service, type ServiceOptions, startService } from './start-service.ts';

/** Where the functions run, for those that ask the service themselves. */
export interface Surroundings extends Pick<Service, 'client' | 'clock'> {
  readonly pool: BuiltPool;
}

/** Each says what the response of its event is; what is thrown is the function's failure. */
export interface SignInFunctions {
  readonly PreAuthentication?: (event: PreAuthenticationTriggerEvent, around: Surroundings) => unknown;
  readonly PostAuthentication?: (event: PostAuthenticationTriggerEvent, around: Surroundings) => unknown;
  readonly UserMigration?: (event: UserMigrationTriggerEvent, around: Surroundings) => unknown;
  readonly PreTokenGeneration?: (event: PreTokenGenerationTriggerEvent, around: Surroundings) => unknown;
}

type Point = keyof SignInFunctions;

export interface SignInEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: Readonly<Record<string, unknown>>;
}

export interface SignInRoom {
  /** The pool names those that are given. */
  readonly functions?: SignInFunctions;
  /** In place of the functions, by ARN: what they answer is the whole answer. */
  readonly whole?: TriggerFunctions;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly service?: ServiceOptions;
}

export const arnOf = (point: Point): string => `arn:aws:lambda:us-east-1:000000000000:function:${point}`;

const everyFlow: CreateUserPoolClientCommandInput['ExplicitAuthFlows'] = [
  'ALLOW_USER_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_CUSTOM_AUTH',
];

/** A service with functions, a pool that names them, and a client for every flow. */
export async function signInRoom({ functions = {}, whole, ...given }: SignInRoom = {}) {
  const events: SignInEvent[] = [];
  let around: Surroundings | undefined;
  const byArn: TriggerFunctions = Object.fromEntries(
    Object.entries(functions).map(([point, run]) => [
      arnOf(point as Point),
      async (event: SignInEvent) => {
        events.push(structuredClone(event));
        if (!around) throw new Error('There is no pool yet');
        const respond = run as (event: SignInEvent, around: Surroundings) => unknown;
        return { ...event, response: (await respond(event, around)) ?? {} };
      },
    ]),
  );
  const { ports, ...others } = given.service ?? {};
  const service = await startService({
    ...others,
    ports: { triggers: moduleTriggers({ ...byArn, ...whole }), ...ports },
  });
  const LambdaConfig = Object.fromEntries((Object.keys(functions) as Point[]).map((point) => [point, arnOf(point)]));
  const { LambdaConfig: more, ...settings } = given.pool ?? {};
  const pool = await service.aPool({ ...settings, LambdaConfig: { ...LambdaConfig, ...more } });
  const app = await service.aClient(pool, { ExplicitAuthFlows: everyFlow, ...given.client });
  around = { client: service.client, clock: service.clock, pool };
  const { client } = service;
  return {
    ...service,
    service,
    events,
    pool,
    app,
    signIn: choosingOf(service, app),
    /** A first request with metadata. */
    initiate: (
      AuthFlow: AuthFlowType,
      AuthParameters: Record<string, string>,
      ClientMetadata: Record<string, string>,
    ) => client.send(new InitiateAuthCommand({ ClientId: app.id, AuthFlow, AuthParameters, ClientMetadata })),
    byAdministrator: (USERNAME: string, PASSWORD = somePassword, ClientMetadata?: Record<string, string>) =>
      client.send(
        new AdminInitiateAuthCommand({
          UserPoolId: pool.id,
          ClientId: app.id,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME, PASSWORD },
          ClientMetadata,
        }),
      ),
  };
}

/** Which functions ran, in order. */
export const sourcesOf = (events: readonly SignInEvent[]): string[] => events.map(({ triggerSource }) => triggerSource);

export const boom = () => {
  throw new Error('boom');
};

export const nothing = () => ({});
