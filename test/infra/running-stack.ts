/** One running stack for all tests of a file: started before the first, judged and ended after the last. */
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { IamCaller } from '../support/cloud/iam-authorizer.ts';
import type { CallIam } from '../support/cloud/iam-client.ts';
import { type RunningStack, runAssembly } from '../support/cloud/run-assembly.ts';
import type { Context } from '../support/cloud/synthesise.ts';

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** It takes a while to bundle all functions, more so beside other tests. */
const startingMs = 180_000;

/** Afterwards no role may have been too narrow, and no function may have failed unheard. */
export function runningStack(context: Context): () => RunningStack {
  let stack: RunningStack | undefined;

  beforeAll(async () => {
    stack = await runAssembly({ context, engine: inject('engine') });
  }, startingMs);

  afterAll(async () => {
    // It did not come up, as has been said.
    if (stack === undefined) return;
    await stack.close();
    expect(stack.guard.refusals, 'what the roles of the templates refused').toEqual([]);
    expect(stack.faults.map(String), 'faults that no caller heard of').toEqual([]);
  });

  return () => {
    if (stack === undefined) throw new Error('The stack runs for tests alone');
    return stack;
  };
}

/** By way of IAM, as everybody gets their first ones. */
export async function credentialsOf(
  { callIam, people }: RunningStack,
  input: object = {},
  caller: IamCaller = people.administrator,
): Promise<SessionCredentials> {
  const { status, json } = await callIam('credentials', input, caller);
  if (status !== 200) throw new Error(`No credentials: ${status} ${JSON.stringify(json)}`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = json;
  return {
    accessKeyId: String(accessKeyId),
    secretAccessKey: String(secretAccessKey),
    sessionToken: String(sessionToken),
  };
}

interface Addressee {
  readonly poolId: string;
  readonly username: string;
  readonly email: string;
}

interface KeptMessage {
  readonly Code?: string;
  readonly Text?: string;
}

/** From the mail that SES took, or from the outbox where there is no sender. */
export async function readCode({ services, callIam, people }: RunningStack, addressee: Addressee): Promise<string> {
  const mail = services.ses.taken.findLast(({ to }) => to.includes(addressee.email));
  const code = mail
    ? /\d{6}/.exec(mail.text ?? mail.html ?? '')?.[0]
    : (await fromOutbox(callIam, people.administrator, addressee)).find(({ Code }) => Code !== undefined)?.Code;
  if (code === undefined) throw new Error(`No code was sent to ${addressee.email}`);
  return code;
}

/** Of the last message, from where `readCode` looks. */
export async function readText({ services, callIam, people }: RunningStack, addressee: Addressee): Promise<string> {
  const mail = services.ses.taken.findLast(({ to }) => to.includes(addressee.email));
  const text = mail?.text ?? (await fromOutbox(callIam, people.administrator, addressee))[0]?.Text;
  if (text === undefined) throw new Error(`No text was sent to ${addressee.email}`);
  return text;
}

async function fromOutbox(
  callIam: CallIam,
  caller: IamCaller,
  { poolId, username }: Addressee,
): Promise<readonly KeptMessage[]> {
  const { json } = await callIam('ListMessages', { PoolId: poolId, Username: username }, caller);
  // The action answers so.
  return (json as unknown as { readonly Messages: readonly KeptMessage[] }).Messages;
}
