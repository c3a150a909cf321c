/** The file that says what runs in place of a function: what it may say, which entry counts, and how it changes. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFunction, type MappedFunction } from '../../../lambdas/adapters/local/triggers/trigger-map.ts';
import { openTriggerMap } from '../../../lambdas/adapters/local/triggers/trigger-map-file.ts';
import { aFolder, edit } from './a-function.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:greet';

/** Opens a map of this text, beside a module `a.mjs`. */
async function opened(text: string) {
  const folder = await aFolder({ 'triggers.json': text, 'a.mjs': 'export const handler = 1;' });
  const path = join(folder, 'triggers.json');
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return { path, folder, lines, map: await openTriggerMap(path, { say, warn: say }) };
}

const mapOf = (functions: object): string => JSON.stringify({ functions });

async function refusal(text: string): Promise<{ readonly message: string; readonly exitCode: unknown }> {
  const { message, exitCode } = await opened(text).then(
    () => ({ message: 'accepted', exitCode: 0 }),
    (error: Error & { readonly exitCode?: unknown }) => error,
  );
  return { message: message.replaceAll(/\S*\/triggers\.json/g, 'FILE').replaceAll(/\S*\/gone/g, 'gone'), exitCode };
}

describe('A trigger map', () => {
  test('takes modules, URLs, endpoints and functions on AWS', async () => {
    const { map, folder } = await opened(
      mapOf({
        [arn]: { module: './a.mjs', handler: 'a.b', environment: { TABLE: 'people' }, memory: 256 },
        greet: { module: 'a.mjs' },
        hook: { url: 'http://127.0.0.1:9000/2015-03-31/functions/function/invocations' },
        other: { endpoint: 'http://127.0.0.1:3001/' },
        '*': { lambda: true },
      }),
    );
    expect(Object.fromEntries(await map.current())).toEqual({
      [arn]: { module: join(folder, 'a.mjs'), handler: 'a.b', environment: { TABLE: 'people' }, memory: 256 },
      greet: { module: join(folder, 'a.mjs'), handler: 'handler', environment: {}, memory: 128 },
      hook: { url: 'http://127.0.0.1:9000/2015-03-31/functions/function/invocations' },
      other: { endpoint: 'http://127.0.0.1:3001' },
      '*': { lambda: true },
    });
  });

  const place = 'FILE: functions["greet"]';
  const kinds = 'module, url, endpoint, lambda';
  const wrong: readonly (readonly [string, string])[] = [
    ['[]', 'FILE: the file must have the member functions, with an entry for each function.'],
    ['{"functions":{},"function":{}}', 'FILE: cannot have function, only functions.'],
    [
      mapOf({ 'a b': { lambda: true } }),
      'FILE: functions["a b"] must be named by the ARN of a function, by its name, or *.',
    ],
    [mapOf({ greet: 'a.mjs' }), `${place} must be an object with one of ${kinds}.`],
    [mapOf({ greet: {} }), `${place} must have one of ${kinds}, and only one.`],
    [mapOf({ greet: { module: 'a.mjs', url: 'http://x' } }), `${place} must have one of ${kinds}, and only one.`],
    [
      mapOf({ greet: { module: 'a.mjs', env: {} } }),
      `${place} cannot have env, only module, handler, environment, memory.`,
    ],
    [mapOf({ greet: { module: './gone.mjs' } }), `${place}.module gone.mjs cannot be read.`],
    [mapOf({ greet: { module: 'a.mjs', handler: 'a()' } }), `${place}.handler must be the name of an export.`],
    [mapOf({ greet: { module: 'a.mjs', memory: 1 } }), `${place}.memory must be a number of MB from 32 to 10240.`],
    [
      mapOf({ greet: { module: 'a.mjs', environment: { A: 1 } } }),
      `${place}.environment must have names and texts; put the texts in quotes.`,
    ],
    [
      mapOf({ greet: { url: 'file:///etc/passwd' } }),
      `${place}.url must be a URL that starts with http:// or https://, without a name and a password.`,
    ],
    [
      mapOf({ greet: { endpoint: 'http://me:secret@x' } }),
      `${place}.endpoint must be a URL that starts with http:// or https://, without a name and a password.`,
    ],
    [mapOf({ greet: { lambda: 'yes' } }), `${place}.lambda must be true.`],
  ];

  test.each(wrong)('of the text %s is refused with its place', async (text, message) => {
    expect(await refusal(text)).toEqual({ message, exitCode: 2 });
  });

  test('that is no file, or no JSON, is refused', async () => {
    expect(await refusal('{"functions": ')).toMatchObject({ message: expect.stringMatching(/^FILE: /), exitCode: 2 });
    const silent = { say: () => {}, warn: () => {} };
    await expect(openTriggerMap('none.json', silent)).rejects.toThrow(
      `The trigger map ${join(process.cwd(), 'none.json')} cannot be read (ENOENT).`,
    );
  });

  test('is asked for the ARN, the ARN without its alias, the name, and last for all others', () => {
    const named = (...keys: readonly string[]) => new Map(keys.map((key) => [key, { url: key } as MappedFunction]));
    const found = (asked: string, ...keys: readonly string[]) => findFunction(named(...keys), asked);
    expect(found(`${arn}:live`, '*', 'greet', arn, `${arn}:live`)).toEqual({ url: `${arn}:live` });
    expect(found(`${arn}:live`, '*', 'greet', arn)).toEqual({ url: arn });
    expect(found(`${arn}:live`, '*', 'greet')).toEqual({ url: 'greet' });
    expect(found(`${arn}:live`, '*')).toEqual({ url: '*' });
    expect(found(`${arn}:live`, 'live', `${arn}:other`)).toBeUndefined();
    expect(found(arn, `${arn}:live`, 'function', 'toString', '__proto__')).toBeUndefined();
    expect(found('arn:aws:sqs:us-east-1:000000000000:greet', 'greet')).toBeUndefined();
  });

  test('is read again when it has changed, and stays as it was when it became wrong', async () => {
    const { map, path, lines } = await opened(mapOf({ greet: { lambda: true } }));
    await edit(path, mapOf({ hook: { url: 'http://127.0.0.1:9' } }));
    expect([...(await map.current()).keys()]).toEqual(['hook']);
    expect(lines).toEqual([`The trigger map ${path} has changed and was read again.`]);
    await edit(path, mapOf({ hook: {} }));
    expect([...(await map.current()).keys()]).toEqual(['hook']);
    await map.current();
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/only one\. The trigger map stays as it was\.$/);
    await rm(path);
    expect([...(await map.current()).keys()]).toEqual(['hook']);
  });
});
