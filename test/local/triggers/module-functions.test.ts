/** Functions that are modules: each style of handler, what they find around them, and how they fail. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { aFolder, arn, edit, event, running, runningFile } from './a-function.ts';

const confirms = { response: { autoConfirmUser: true } };

describe('A module', () => {
  test.each([
    [
      'a promise, in an ES module',
      'a.mjs',
      'export const handler = async (event) => { event.response.autoConfirmUser = true; return event; };',
    ],
    [
      'a promise, in CommonJS',
      'a.cjs',
      'exports.handler = async (event) => ({ ...event, response: { autoConfirmUser: true } });',
    ],
    [
      'a callback',
      'a.cjs',
      'exports.handler = (event, context, callback) => { event.response.autoConfirmUser = true; setTimeout(() => callback(null, event), 5); };',
    ],
    [
      'context.succeed',
      'a.cjs',
      'exports.handler = function (event, context) { event.response.autoConfirmUser = true; context.succeed(event); };',
    ],
    [
      'context.done',
      'a.mjs',
      'export function handler(event, context) { event.response.autoConfirmUser = true; context.done(null, event); }',
    ],
    [
      'TypeScript',
      'a.ts',
      'type E = { response: { autoConfirmUser: boolean } };\nexport const handler = async (event: E): Promise<E> => { event.response.autoConfirmUser = true; return event; };',
    ],
    [
      'a default export',
      'a.mjs',
      'export default { handler: async (event) => ({ ...event, response: { autoConfirmUser: true } }) };',
    ],
  ])('answers by %s (triggers-and-messages 28)', async (_style, name, text) => {
    const { call } = await runningFile(name, text);
    expect(await call()).toMatchObject({ userName: 'ada', ...confirms });
  });

  test('exports its handler under any name, and below another one', async () => {
    const text = 'export const deep = { er: async () => 1 }; export const other = async () => 2;';
    expect(await (await runningFile('a.mjs', text, { handler: 'deep.er' })).call()).toBe(1);
    expect(await (await runningFile('a.mjs', text, { handler: 'other' })).call()).toBe(2);
  });

  test('finds files of its own as compilers of TypeScript do', async () => {
    const folder = await aFolder({
      'a.ts':
        "import { one } from './one'; import { two } from './two.js';\nexport const handler = async () => one + two;",
      'one.ts': 'export const one: number = 1;',
      'two.ts': 'export const two: number = 2;',
      'package.json': '{"type":"module"}',
    });
    expect(await running({ module: join(folder, 'a.ts') }).call()).toBe(3);
  });

  test.each([
    ['throws', 'export const handler = async () => { throw new TypeError("boom"); };', 'boom'],
    ['throws at once', 'export const handler = () => { throw new Error("boom"); };', 'boom'],
    ['throws what is no error', 'export const handler = async () => { throw "boom"; };', 'boom'],
    ['calls back with an error', 'export const handler = (e, c, callback) => callback(new Error("boom"));', 'boom'],
    ['calls back with a text', 'export const handler = (e, c, callback) => callback("boom");', 'boom'],
    ['calls context.fail', 'export const handler = (e, context) => context.fail(new Error("boom"));', 'boom'],
    [
      'answers what is no JSON',
      'export const handler = async () => { const a = {}; a.a = a; return a; };',
      'Unable to stringify response body',
    ],
    [
      'answers too much',
      'export const handler = async () => "x".repeat(7_000_000);',
      'Response payload size exceeded maximum allowed payload size (6291456 bytes).',
    ],
    ['throws later', 'export const handler = () => void setTimeout(() => { throw new Error("boom"); }, 1);', 'boom'],
    [
      'forgets a promise',
      'export const handler = () => { void Promise.reject(new Error("boom")); return new Promise((done) => setTimeout(done, 1000)); };',
      'Error: boom',
    ],
    [
      'exits',
      'export const handler = async () => process.exit(1);',
      /^RequestId: [\w-]{36} Error: Runtime exited with error: exit status 1$/,
    ],
    [
      'exits in peace',
      'export const handler = async () => process.exit(0);',
      /^RequestId: [\w-]{36} Error: Runtime exited without providing a reason$/,
    ],
    [
      'promises and does nothing more',
      'export const handler = () => new Promise(() => {});',
      /^RequestId: [\w-]{36} Error: Runtime exited without/,
    ],
    ['has no such export', 'export const handle = 1;', 'handler is undefined or not exported'],
    ['has an error in its text', 'export const handler = (', /^SyntaxError: /],
    [
      'imports what is not there',
      'import "./gone.mjs"; export const handler = 1;',
      /^Error: Cannot find module .*gone\.mjs/,
    ],
    ['throws while it is loaded', 'throw new Error("no table");', 'no table'],
  ])('that %s has failed, in the words of Lambda', async (_how, text, words) => {
    const { call } = await runningFile('a.mjs', text);
    const failure = await call().catch((cause: Error) => cause);
    expect(failure).toMatchObject({
      name: 'TriggerFailed',
      message: words instanceof RegExp ? expect.stringMatching(words) : words,
    });
  });

  test('that needs more memory than it has is ended, and the next event finds another thread', async () => {
    const text =
      'export const handler = async (event) => { if (!process.env.EATS) return 1; const all = []; for (;;) all.push(new Array(1e5).fill({})); };';
    const eats = await runningFile('a.mjs', text, { environment: { EATS: '1' }, memory: 32 });
    for (const _time of [1, 2]) {
      await expect(eats.call()).rejects.toThrow(/^RequestId: .* Error: Runtime exited with error: signal: killed$/);
    }
  });

  test('that neither answers nor promises anything has answered null', async () => {
    const { call } = await runningFile('a.mjs', 'export const handler = () => { setTimeout(() => {}, 5); };');
    expect([await call(), await call()]).toEqual([null, null]);
  });

  test('that does not end is killed, and the next event finds another thread (triggers-and-messages 28)', async () => {
    const { call } = await runningFile(
      'a.mjs',
      'export const handler = async (event) => { if (globalThis.calls++) for (;;); return event; }; globalThis.calls = 0;',
    );
    expect(await call()).toMatchObject({ userName: 'ada' });
    await expect(call(200)).rejects.toThrow('Socket timeout while invoking Lambda function');
    expect(await call()).toMatchObject({ userName: 'ada' });
  });

  test('that loads slowly is not begun again with the next attempt', async () => {
    const { call } = await runningFile(
      'a.mjs',
      'await new Promise((done) => setTimeout(done, 600)); export const handler = async () => "slow";',
    );
    await expect(call(100)).rejects.toThrow('Socket timeout');
    expect(await call()).toBe('slow');
  });

  test('keeps its thread for the next event, and runs events side by side in several, up to four', async () => {
    const { call } = await runningFile(
      'a.mjs',
      'import { threadId } from "node:worker_threads"; let count = 0; export const handler = async () => { count += 1; await new Promise((done) => setTimeout(done, 50)); return { threadId, count }; };',
    );
    const thread = async () => ((await call()) as { readonly threadId: number }).threadId;
    const first = await thread();
    expect(await thread()).toBe(first);
    expect(new Set(await Promise.all(Array.from({ length: 12 }, thread))).size).toBe(4);
  });

  test('is loaded again when it, or what it imports, has changed (triggers-and-messages 28)', async () => {
    const folder = await aFolder({
      'a.mjs': "import { text } from './text.mjs'; export const handler = async () => text;",
      'text.mjs': "export const text = 'one';",
    });
    const { call, said } = running({ module: join(folder, 'a.mjs') });
    expect(await call()).toBe('one');
    await edit(join(folder, 'text.mjs'), "export const text = 'two';");
    expect(await call()).toBe('two');
    await edit(join(folder, 'a.mjs'), "export const handler = async () => 'three';");
    expect(await call()).toBe('three');
    expect(await call()).toBe('three');
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^\[greet\] .*a\.mjs has changed and was loaded again\.$/);
  });

  test('that could not be loaded is tried anew', async () => {
    const { call, ...rest } = await runningFile('a.mjs', 'export const handler = async () => 1;');
    expect(await call()).toBe(1);
    const folder = await aFolder({ 'b.mjs': 'export const handler = (' });
    const broken = running({ module: join(folder, 'b.mjs') });
    await expect(broken.call()).rejects.toThrow('SyntaxError');
    await writeFile(join(folder, 'b.mjs'), 'export const handler = async () => 2;');
    expect(await broken.call()).toBe(2);
    expect(rest.warned).toEqual([]);
  });

  test('finds the context of a function', async () => {
    const { call } = await runningFile(
      'a.mjs',
      'export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
      { memory: 256 },
    );
    expect(await call()).toEqual({
      functionName: 'greet',
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/greet',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      awsRequestId: expect.stringMatching(/^[\w-]{36}$/),
      callbackWaitsForEmptyEventLoop: true,
      left: expect.any(Number),
    });
  });

  test('finds the environment of a function, the variables of the map, and nothing else', async () => {
    vi.stubEnv('MILLPOND_DATA', 'secret');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const text = 'export const handler = async () => process.env;';
    const { call } = await runningFile('a.mjs', text, { environment: { TABLE: 'people' } });
    const {
      AWS_LAMBDA_LOG_STREAM_NAME: stream,
      NODE_COMPILE_CACHE: _cache,
      ...rest
    } = (await call()) as Record<string, string>;
    expect(stream).toMatch(/LATEST/);
    expect(rest).toEqual({
      PATH: '/bin',
      LANG: 'en_US.UTF-8',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'greet',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/greet',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://localhost:1',
      AWS_ENDPOINT_URL_KMS: 'http://localhost:1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      TABLE: 'people',
    });
    vi.unstubAllEnvs();
  });

  test('gets no keys where signatures are checked, but the file to take a profile from', async () => {
    const folder = await aFolder({ 'a.mjs': 'export const handler = async () => process.env;' });
    const strict = running({ module: join(folder, 'a.mjs') }, { credentials: '/credentials' });
    expect(await strict.call()).toMatchObject({ AWS_SHARED_CREDENTIALS_FILE: '/credentials' });
    expect(await strict.call()).not.toHaveProperty('AWS_ACCESS_KEY_ID');
    const own = running({ module: join(folder, 'a.mjs'), environment: { AWS_PROFILE: 'dev' } });
    expect(await own.call()).not.toHaveProperty('AWS_ACCESS_KEY_ID');
  });

  test('writes lines with its name in front, and steers no terminal', async () => {
    const { call, said, warned } = await runningFile(
      'a.mjs',
      'export const handler = async () => { console.log("one\\ntwo \\u001b[2J"); console.error("three"); process.stdout.write("four"); };',
    );
    await call();
    await vi.waitFor(() => expect([said, warned]).toEqual([['[greet] one', '[greet] two [2J'], ['[greet] three']]));
  });

  test('is handed what nobody waits for, and its failure is a line', async () => {
    const { caller, warned } = await runningFile(
      'a.mjs',
      'export const handler = async (e) => { throw new Error(e.userName); };',
    );
    expect(await caller.send(arn, event)).toBeUndefined();
    await vi.waitFor(() => expect(warned).toContain('[greet] ada'), { timeout: 10_000 });
  });

  test('that fails shows where, and one that dies while it rests is replaced', async () => {
    const { call, warned } = await runningFile(
      'a.mjs',
      'export const handler = async (event) => { setTimeout(() => { throw new Error("too late"); }, 20); return event; };',
    );
    expect(await call()).toMatchObject({ userName: 'ada' });
    await vi.waitFor(() => expect(warned).toEqual(['[greet] too late']));
    expect(await call()).toMatchObject({ userName: 'ada' });
    const failing = await runningFile('b.mjs', 'export const handler = async () => { throw new Error("boom"); };');
    await expect(failing.call()).rejects.toThrow('boom');
    await vi.waitFor(() => expect(failing.warned.join('\n')).toMatch(/Error: boom\n.*b\.mjs:1/));
  });

  test('shares nothing with the service, whatever it does to what it was given', async () => {
    const { call } = await runningFile(
      'a.mjs',
      'Object.prototype.polluted = 1; export const handler = async (event) => { event.request = 0; return event; };',
    );
    expect(await call()).toMatchObject({ request: 0 });
    expect(event.request).toMatchObject({ validationData: null });
    expect('polluted' in {}).toBe(false);
  });
});
