/** A pool that has a function at every point, each of which answers, text for text, whatever a test wants. */
import { setTimeout as delay } from 'node:timers/promises';
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Patience, patientTriggers } from '../../lambdas/adapters/triggers/patient-triggers.ts';
import { type TriggerEvent, TriggerUnreachable } from '../../lambdas/core/ports/triggers.ts';
import { choosingOf } from './choosing.ts';
import { signUp } from './people.ts';
import { type ServiceOptions, startService } from './start-service.ts';

export const hostilePoints = [
  'PreSignUp',
  'CustomMessage',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'UserMigration',
  'PreTokenGeneration',
] as const;

export type HostilePoint = (typeof hostilePoints)[number];

/** Answers what the function sends back, as JSON or what is to pass for it. */
export type Behaviour = (event: TriggerEvent) => string | Promise<string>;

const arnOf = (point: HostilePoint): string => `arn:aws:lambda:us-east-1:000000000000:function:${point}`;

/** The event with this response. */
export const responding =
  (response: unknown): Behaviour =>
  (event) =>
    JSON.stringify({ ...event, response });

/** The event with a response that is written as JSON already. */
export const respondingText =
  (response: string): Behaviour =>
  () =>
    `{"response":${response}}`;

export const echo: Behaviour = (event) => JSON.stringify(event);

/** Longer than the patience of the room. */
export const slow: Behaviour = async (event) => {
  await delay(200, undefined, { ref: false });
  return echo(event);
};

const flows: CreateUserPoolClientCommandInput['ExplicitAuthFlows'] = [
  'ALLOW_USER_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

export interface HostileRoom {
  readonly points?: readonly HostilePoint[];
  readonly version?: 'V1_0' | 'V2_0';
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly service?: ServiceOptions;
  readonly patience?: Patience;
}

const configOf = (points: readonly HostilePoint[], version: string) =>
  Object.fromEntries(
    points.map((point) =>
      point === 'PreTokenGeneration'
        ? ['PreTokenGenerationConfig', { LambdaVersion: version, LambdaArn: arnOf(point) }]
        : [point, arnOf(point)],
    ),
  );

/** With `ada`, a user with a password. Functions do nothing until they are told what to do. */
export async function hostileRoom(given: HostileRoom = {}) {
  const { points = hostilePoints, version = 'V2_0', patience = { timeout: 60, attempts: 1 } } = given;
  const behaviours = new Map<string, Behaviour>();
  const events: TriggerEvent[] = [];
  const call = async (arn: string, event: TriggerEvent): Promise<unknown> => {
    const point = points.find((one) => arnOf(one) === arn);
    if (point === undefined) throw new TriggerUnreachable('ResourceNotFoundException');
    events.push(structuredClone(event));
    return JSON.parse(await (behaviours.get(point) ?? echo)(event));
  };
  const triggers = patientTriggers({ call, send: async (arn, event) => void (await call(arn, event)) }, patience);
  const service = await startService({ ...given.service, ports: { triggers, ...given.service?.ports } });
  const pool = await service.aPool({
    LambdaConfig: configOf(points, version),
    AutoVerifiedAttributes: ['email'],
    ...given.pool,
  });
  const app = await service.aClient(pool, { ExplicitAuthFlows: flows, ...given.client });
  const attributes = { email: 'ada@example.com', email_verified: 'true' };
  const ada = await service.aUser(pool, { username: 'ada', attributes });
  const register = (Username: string, email = `${Username}@example.com`) =>
    signUp(service.client, app, { username: Username, attributes: { email } });
  return {
    ...service,
    service,
    events,
    pool,
    app,
    ada,
    register,
    signIn: choosingOf(service, app),
    /** From now on, the function at the point does this. */
    have(point: HostilePoint, behaviour: Behaviour) {
      behaviours.set(point, behaviour);
    },
    calm: () => behaviours.clear(),
    /** The newest one that went there. */
    codeFor: async (to: string) => (await service.outbox.last({ poolId: pool.id, to })).code ?? '',
  };
}
