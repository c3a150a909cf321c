/** Where people sign in to a running stack: what the helpers of tests take for a service, and what was sent to whom. */
import {
  type CognitoIdentityProviderClient,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { type Builders, type BuiltClient, builders } from '../support/builders.ts';
import type { RunningStack } from '../support/cloud/run-assembly.ts';
import { type SigningIn, signingIn } from '../support/signing-in.ts';

export interface Town extends Builders {
  readonly stack: RunningStack;
  readonly client: CognitoIdentityProviderClient;
  readonly clock: RunningStack['clock'];
}

export interface Place extends Town {
  readonly pool: { readonly id: string };
  readonly app: BuiltClient;
  readonly signIn: SigningIn;
}

export interface PlaceSettings {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly app?: Partial<CreateUserPoolClientCommandInput>;
}

export const townOf = (stack: RunningStack, client: CognitoIdentityProviderClient): Town => ({
  stack,
  client,
  clock: stack.clock,
  ...builders(client),
});

/** A pool for as long as somebody lives there: whatever they leave behind goes with it. */
export async function liveIn(
  town: Town,
  { pool: settings, app: client }: PlaceSettings,
  live: (place: Place) => Promise<void>,
): Promise<void> {
  const pool = await town.aPool(settings);
  const app = await town.aClient(pool, client);
  await live({ ...town, pool, app, signIn: signingIn(town, app) });
  await town.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
  await town.stack.drainQueues();
  const left = await town.stack.rows.keys(new RegExp(`^[A-Z]#${pool.id}(#|$)`));
  // What is noted of somebody who does not exist is on no list, and neither are the counters of mailboxes: they expire.
  expect(left.filter((key) => !key.includes(`#${nobody}`) && !/#[0-9a-f]{64} Q#second-factor-mail$/.test(key))).toEqual(
    [],
  );
}

/** Whom no pool has. */
export const nobody = 'nobody@example.com';

/** The code in the last mail to the address. */
export function mailedCode({ stack }: Town, address: string): string {
  const mail = stack.services.ses.taken.findLast(({ to }) => to.includes(address));
  return codeIn(mail?.text ?? mail?.html, address);
}

/** The code in the last text message to the number. */
export const textedCode = ({ stack }: Town, number: string): string =>
  codeIn(stack.services.sns.taken.findLast(({ phoneNumber }) => phoneNumber === number)?.message, number);

function codeIn(message: string | undefined, target: string): string {
  const code = /\d{6,8}/.exec(message ?? '')?.[0];
  if (code === undefined) throw new Error(`No code was sent to ${target}`);
  return code;
}
