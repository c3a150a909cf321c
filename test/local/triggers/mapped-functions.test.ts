/** What the entries of a trigger map lead to, by the kind of each. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { mappedFunctions } from '../../../lambdas/adapters/local/triggers/mapped-functions.ts';
import { moduleFunctions } from '../../../lambdas/adapters/local/triggers/module-functions.ts';
import type { MappedFunction } from '../../../lambdas/adapters/local/triggers/trigger-map.ts';
import { arn, event } from './a-function.ts';

function mapped(entries: Readonly<Record<string, MappedFunction>>) {
  const [missing, opened, sent]: [string[], string[], string[]] = [[], [], []];
  const silent = { say: () => {}, warn: () => {} };
  const surroundings = Promise.resolve({ endpoint: 'http://localhost:1', path: undefined });
  const modules = moduleFunctions({ surroundings, timeout: 1000, region: 'us-east-1', ...silent });
  onTestFinished(() => modules.close());
  const caller = mappedFunctions({
    map: { current: async () => new Map(Object.entries(entries)) },
    modules,
    timeout: 1000,
    async openLambda() {
      opened.push('once');
      return { call: async (of) => `real ${of}`, send: async (of) => void sent.push(of) };
    },
    onMissing: (of) => void missing.push(of),
  });
  return { caller, missing, opened, sent };
}

describe('mappedFunctions', () => {
  test('asks AWS for real functions, with one client for all', async () => {
    const { caller, opened, sent } = mapped({ '*': { lambda: true } });
    const { signal } = new AbortController();
    expect(await caller.call(arn, event, signal)).toBe(`real ${arn}`);
    expect(await caller.call(`${arn}-2`, event, signal)).toBe(`real ${arn}-2`);
    await caller.send(arn, event);
    expect([opened, sent]).toEqual([['once'], [arn]]);
  });

  test('tells of what is not in the map, and runs nothing in its place (triggers-and-messages 8)', async () => {
    const { caller, missing } = mapped({ other: { lambda: true } });
    const { signal } = new AbortController();
    const refused = { name: 'TriggerUnreachable', message: 'ResourceNotFoundException' };
    await expect(caller.call(arn, event, signal)).rejects.toMatchObject(refused);
    await expect(caller.send(arn, event)).rejects.toMatchObject(refused);
    expect(missing).toEqual([arn, arn]);
  });
});
