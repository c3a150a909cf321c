/** Functions as files of a folder of their own, as people write them. */
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { moduleFunctions } from '../../../lambdas/adapters/local/triggers/module-functions.ts';
import type { ModuleFunction } from '../../../lambdas/adapters/local/triggers/trigger-map.ts';
import type { FunctionCaller } from '../../../lambdas/adapters/triggers/patient-triggers.ts';
import type { TriggerEvent } from '../../../lambdas/core/ports/triggers.ts';

export const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:greet';

export const event: TriggerEvent = {
  version: '1',
  triggerSource: 'PreSignUp_SignUp',
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_nowhere00',
  userName: 'ada',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: { userAttributes: { email: 'ada@example.com' }, validationData: null },
  response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
};

/** A folder with these files, by their names. */
export async function aFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-functions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

let edits = 0;

/** As an editor does, at a later time than every time before, however coarse the clock of the disk is. */
export async function edit(path: string, text: string): Promise<void> {
  edits += 1;
  await writeFile(path, text);
  const at = new Date(Date.now() + edits * 2000);
  await utimes(path, at, at);
}

export interface Runs {
  readonly caller: FunctionCaller;
  readonly said: readonly string[];
  readonly warned: readonly string[];
  readonly call: (timeout?: number) => Promise<unknown>;
}

/** Functions of one module, with what they write. */
export function running(
  entry: ModuleFunction,
  options: { readonly credentials?: string; readonly arn?: string } = {},
): Runs {
  const said: string[] = [];
  const warned: string[] = [];
  const functions = moduleFunctions({
    surroundings: Promise.resolve({ endpoint: 'http://localhost:1', path: '/bin', ...options }),
    timeout: 5000,
    region: 'us-east-1',
    say: (line) => said.push(line),
    warn: (line) => warned.push(line),
  });
  onTestFinished(() => functions.close());
  const caller = functions.callerOf(entry);
  const call = (timeout = 15_000) => caller.call(options.arn ?? arn, event, AbortSignal.timeout(timeout));
  return { caller, said, warned, call };
}

/** Those of one file. */
export async function runningFile(name: string, text: string, entry: Partial<ModuleFunction> = {}): Promise<Runs> {
  const folder = await aFolder({ [name]: text });
  return running({ module: join(folder, name), ...entry });
}
