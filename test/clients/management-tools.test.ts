/** The SDK for JavaScript, boto3 and the AWS CLI do everything that an administrator does to a pool, lists page by page included. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { managementPlan, type Step } from '../support/management-plan.ts';
import { allOperations } from '../support/operations.ts';
import { newNames, runPlan } from '../support/run-plan.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { exportedVariables } from './exported-variables.ts';
import { findPrograms, type Program, sayAbsent } from './outside-programs.ts';
import { runningService } from './running-service.ts';

const running = runningService();
const script = fileURLToPath(new URL('management_tools.py', import.meta.url));
const pythons = ['python3', '/usr/bin/python3'];

const tools = [
  ...(await found('boto3', 'import boto3; print(f"boto3/{boto3.__version__}")')),
  ...(await found('aws', 'import awscli; print(f"aws-cli/{awscli.__version__}")')),
];

async function found(tool: string, ask: string) {
  const programs = await findPrograms(pythons, ['-c', ask]);
  sayAbsent(programs, `${tool} is not tried with every operation, because no \`python3\` has it`);
  return programs.map((python) => ({ tool, python, version: python.version }));
}

interface Result {
  readonly answer?: unknown;
  readonly paged?: readonly unknown[] | null;
  readonly failure?: string;
  /** This version of the tool does not know it. */
  readonly unknown?: true;
}

async function planWith(tool: string, python: Program): Promise<readonly Result[]> {
  const { millpond } = await running();
  const names = Object.fromEntries(newNames());
  const told = JSON.stringify({ plan: managementPlan, names });
  const { status, output, complaints } = await python.run([script, tool], exportedVariables(millpond), told);
  if (status !== 0) throw new Error(complaints);
  return JSON.parse(output);
}

function requireDone({ operation, answer = {}, list, length }: Step, result: Result | undefined): void {
  if (result?.unknown) return;
  expect(result?.failure, operation).toBeUndefined();
  expect(result?.answer, operation).toMatchObject(answer);
  if (list === undefined) return;
  expect(result?.answer, operation).toHaveProperty(list);
  const all = Object(result?.answer)[list];
  if (length !== undefined) expect(all, operation).toHaveLength(length);
  // Others may add to the lists of the account meanwhile.
  if (result?.paged && length !== undefined) expect(result.paged, operation).toEqual(all);
}

describe.each(tools)('$version', { timeout: 60_000 }, ({ tool, python }) => {
  test('manages everything there is in a pool', async () => {
    const results = await planWith(tool, python);
    for (const [at, step] of managementPlan.entries()) requireDone(step, results[at]);
    const known = managementPlan.filter((_, at) => !results[at]?.unknown).map(({ operation }) => operation);
    // Debian's are of 2023, and had these.
    expect(new Set(known).size).toBeGreaterThan(55);
  });
});

test('The SDK for JavaScript manages everything there is in a pool', async () => {
  const { millpond } = await running();
  await runPlan(sdkClientOf(millpond.endpoint, millpond.region));
});

test('The plan leaves out nothing that an administrator does', () => {
  const planned = new Set(managementPlan.map(({ operation }) => operation));
  const managing = allOperations
    .filter(
      ({ room, operation: { caller, handle } }) => room !== 'auth' && caller.kind === 'iam' && handle !== undefined,
    )
    .map(({ name }) => name);
  expect(managing.filter((name) => !planned.has(name))).toEqual([]);
});
