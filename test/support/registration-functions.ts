/** Functions of a pool that run while people register and get their passwords back, and a pool that has them. */
import { setImmediate } from 'node:timers/promises';
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
  SignUpCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { PostConfirmationTriggerEvent, PreSignUpTriggerEvent } from 'aws-lambda';
import { moduleTriggers, type TriggerFunctions } from '../../lambdas/adapters/triggers/module-triggers.ts';
import type { Patience } from '../../lambdas/adapters/triggers/patient-triggers.ts';
import type { BuiltPool } from './builders.ts';
import { signUp } from './people.ts';
import { type Service, type ServiceOptions, startService } from './start-service.ts';

/** Where the functions run, for those that ask the service themselves. */
export interface Surroundings extends Pick<Service, 'client'> {
  readonly pool: BuiltPool;
}

/** Each says what the response of its event is; what is thrown is the function's failure. */
export interface RegistrationFunctions {
  readonly PreSignUp?: (event: PreSignUpTriggerEvent, around: Surroundings) => unknown;
  readonly PostConfirmation?: (event: PostConfirmationTriggerEvent, around: Surroundings) => unknown;
}

export type RegistrationEvent = PreSignUpTriggerEvent | PostConfirmationTriggerEvent;

export interface RegistrationRoom {
  readonly functions?: RegistrationFunctions;
  /** In place of the functions, by ARN: what they answer is the whole answer. */
  readonly whole?: TriggerFunctions;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly service?: ServiceOptions;
  readonly patience?: Patience;
}

type Point = keyof RegistrationFunctions;
const points: readonly Point[] = ['PreSignUp', 'PostConfirmation'];

export const arnOf = (point: Point): string => `arn:aws:lambda:us-east-1:000000000000:function:${point}`;

/** A service with functions, a pool that names both of them, and a client to register with. */
export async function registrationRoom(given: RegistrationRoom = {}) {
  const events: RegistrationEvent[] = [];
  let around: Surroundings | undefined;
  const functions: TriggerFunctions = Object.fromEntries(
    points.map((point) => [
      arnOf(point),
      async (event: RegistrationEvent) => {
        events.push(structuredClone(event));
        if (!around) throw new Error('There is no pool yet');
        const run = given.functions?.[point] as
          | ((event: RegistrationEvent, around: Surroundings) => unknown)
          | undefined;
        return run ? { ...event, response: await run(event, around) } : event;
      },
    ]),
  );
  const triggers = moduleTriggers({ ...functions, ...given.whole }, given.patience);
  const { ports, ...others } = given.service ?? {};
  const service = await startService({ ...others, ports: { triggers, ...ports } });
  const LambdaConfig = Object.fromEntries(points.map((point) => [point, arnOf(point)]));
  const pool = await service.aPool({ LambdaConfig, ...given.pool });
  const app = await service.aClient(pool, given.client);
  around = { client: service.client, pool };
  const register = (
    Username: string,
    attributes: Readonly<Record<string, string>> = {},
    more: Partial<SignUpCommandInput> = {},
  ) => signUp(service.client, app, { username: Username, attributes, more });
  return { ...service, service, events, pool, app, register };
}

/** Which functions ran, in order. */
export const sourcesOf = (events: readonly RegistrationEvent[]): string[] =>
  events.map(({ triggerSource }) => triggerSource);

/** Holds everybody up until so many have come. */
export function gate(expected: number): () => Promise<void> {
  let arrived = 0;
  return async () => {
    arrived += 1;
    while (arrived < expected) await setImmediate();
  };
}
