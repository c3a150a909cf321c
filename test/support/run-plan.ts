/** Runs the plan of all that an administrator does, with the official SDK for JavaScript. */
import { setTimeout as pause } from 'node:timers/promises';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { managementPlan, type Step } from './management-plan.ts';

type Client = sdk.CognitoIdentityProviderClient;
type Answer = Readonly<Record<string, unknown>>;
type SomeCommand = Parameters<Client['send']>[0];

/** Each name that an input has in braces, for what stands there. */
export type Names = Map<string, string>;

export const newNames = (): Names =>
  new Map([
    ['prefix', `plan-${crypto.randomUUID()}`],
    ['customDomain', `${crypto.randomUUID()}.example.com`],
  ]);

export async function runPlan(client: Client, names: Names = newNames()): Promise<void> {
  for (const step of managementPlan) {
    const answer = await runStep(client, step, names);
    expect(answer, step.operation).toMatchObject(step.answer ?? {});
    if (step.length !== undefined) expect(Object(answer)[String(step.list)], step.operation).toHaveLength(step.length);
    for (const [name, path] of Object.entries(step.keep ?? {})) names.set(name, String(at(answer, path)));
  }
}

async function runStep(client: Client, { operation, input, eventually }: Step, names: Names): Promise<Answer> {
  const send = () => client.send(commandOf(operation, named(input, names)));
  for (let patience = eventually ? 10 : 0; patience > 0; patience--) {
    const answer = await send().catch(() => undefined);
    if (answer) return { ...answer };
    await pause(500);
  }
  return { ...(await send()) };
}

/** Each operation has a class of its own, named after it. */
function commandOf(operation: string, input: unknown): SomeCommand {
  const Command = Object(sdk)[`${operation}Command`];
  return new Command(input);
}

function named(part: unknown, names: Names): unknown {
  if (typeof part === 'string') return part.replace(/\{(\w+)\}/g, (whole, name) => names.get(name) ?? whole);
  if (Array.isArray(part)) return part.map((each) => named(each, names));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, named(value, names)]));
}

const at = (answer: unknown, path: string): unknown =>
  path.split('.').reduce((part, name) => Object(part)[name], answer);
