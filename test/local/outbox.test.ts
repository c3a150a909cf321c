/** The outbox itself: what it keeps, finds, waits for and forgets. */
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { outboxFile } from '../../lambdas/adapters/local/outbox-file.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { Mail, TextMessage } from '../../lambdas/core/ports/messenger.ts';

const start = Date.UTC(2026, 0, 1);
const day = 24 * 3_600_000;

const aMessage = (changes: Partial<Mail> = {}): Mail => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: 'ada@example.com',
  kind: 'SignUp',
  subject: 'Your code',
  html: 'Your code is 012345',
  text: 'Your code is 012345',
  code: '012345',
  ...changes,
});

const aText: TextMessage = {
  channel: 'SMS',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: '+15550100',
  kind: 'SignUp',
  text: 'Welcome',
};

const unlimited = { timeoutMs: 2 ** 31 - 1 };

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-outbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('the outbox', () => {
  test('shows the newest message first, and nulls for what a message has not', async () => {
    const outbox = await openOutbox({ clock: stillClock(start) });
    await outbox.send(aMessage());
    await outbox.send(aText);
    const [newest, oldest] = outbox.find();
    expect(newest).toMatchObject({
      channel: 'SMS',
      to: '+15550100',
      subject: null,
      html: null,
      code: null,
      link: null,
    });
    expect(oldest).toMatchObject({ to: 'ada@example.com', code: '012345', at: '2026-01-01T00:00:00.000Z' });
    expect(Number(newest?.id)).toBeGreaterThan(Number(oldest?.id));
  });

  test('finds by pool, recipient in any case, kind, and time or message before', async () => {
    const clock = stillClock(start);
    const outbox = await openOutbox({ clock });
    await outbox.send(aMessage());
    clock.advance(1000);
    await outbox.send(aMessage({ poolId: 'us-east-1_B', to: 'bob@example.com', kind: 'ForgotPassword' }));
    const to = (filter: Parameters<typeof outbox.find>[0]) => outbox.find(filter).map((record) => record.to);
    expect(to({ poolId: 'us-east-1_B' })).toEqual(['bob@example.com']);
    expect(to({ to: 'ADA@example.com' })).toEqual(['ada@example.com']);
    expect(to({ to: 'ada' })).toEqual([]);
    expect(to({ kind: 'ForgotPassword' })).toEqual(['bob@example.com']);
    expect(to({ after: start + 1 })).toEqual(['bob@example.com']);
    expect(to({ after: new Date(start) })).toEqual(['bob@example.com', 'ada@example.com']);
    expect(to({ after: outbox.find().at(-1)?.id })).toEqual(['bob@example.com']);
    expect(() => outbox.find({ after: 'yesterday' })).toThrow(RangeError);
  });

  test('finds the confirmation link of a message', async () => {
    const outbox = await openOutbox({ clock: stillClock(start) });
    const link = 'https://id.example.com/confirmUser?client_id=1&amp;confirmation_code=012345';
    await outbox.send(aMessage({ html: `<a href="https://example.com">Us</a> <a href="${link}">Verify</a>` }));
    expect(outbox.find()[0]?.link).toBe(link.replaceAll('&amp;', '&'));
  });

  test('answers a wait with a message that is there, or with the next one that fits', async () => {
    const outbox = await openOutbox({ clock: stillClock(start) });
    await outbox.send(aMessage());
    expect(await outbox.wait({ to: 'ada@example.com' }, unlimited)).toMatchObject({ code: '012345' });
    const next = outbox.wait({ to: 'bob@example.com' }, unlimited);
    await outbox.send(aMessage({ code: '111111' }));
    await outbox.send(aMessage({ to: 'bob@example.com', code: '222222' }));
    expect(await next).toMatchObject({ code: '222222' });
  });

  test('ends waits when time runs out, the caller goes away or the service ends', async () => {
    const outbox = await openOutbox({ clock: stillClock(start) });
    const caller = new AbortController();
    const left = outbox.wait({}, { ...unlimited, signal: caller.signal });
    const open = outbox.wait({}, unlimited);
    caller.abort();
    expect(await left).toBeUndefined();
    expect(await outbox.wait({}, { timeoutMs: 0 })).toBeUndefined();
    await outbox.close();
    expect(await open).toBeUndefined();
    expect(await outbox.wait({}, unlimited)).toBeUndefined();
  });

  test('keeps the newest 1,000 messages of a pool and leaves other pools alone', async () => {
    const outbox = await openOutbox({ clock: stillClock(start) });
    await outbox.send(aMessage({ poolId: 'us-east-1_B' }));
    for (let count = 0; count <= 1000; count += 1) await outbox.send(aMessage({ code: String(count) }));
    const ofPool = outbox.find({ poolId: 'us-east-1_A' });
    expect(ofPool).toHaveLength(1000);
    expect(ofPool.at(-1)?.code).toBe('1');
    expect(outbox.find({ poolId: 'us-east-1_B' })).toHaveLength(1);
  });

  test('keeps 10,000 messages of all pools together', async () => {
    const outbox = await openOutbox({ clock: stillClock(start) });
    for (let count = 0; count <= 10_000; count += 1) {
      await outbox.send(aMessage({ poolId: `us-east-1_${count % 20}`, code: String(count) }));
    }
    expect(outbox.find()).toHaveLength(10_000);
    expect(outbox.find().at(-1)?.code).toBe('1');
  });

  test('forgets what is older than 30 days', async () => {
    const clock = stillClock(start);
    const outbox = await openOutbox({ clock });
    await outbox.send(aMessage());
    clock.advance(29 * day);
    await outbox.send(aMessage({ to: 'bob@example.com' }));
    await outbox.expire();
    expect(outbox.find()).toHaveLength(2);
    clock.advance(day);
    await outbox.expire();
    expect(outbox.find().map(({ to }) => to)).toEqual(['bob@example.com']);
  });

  test('tells of each message once', async () => {
    const told: (string | null)[] = [];
    const outbox = await openOutbox({ clock: stillClock(start), announce: ({ code }) => told.push(code) });
    await outbox.send(aMessage());
    expect(told).toEqual(['012345']);
  });
});

describe('the outbox on disk', () => {
  test('is there again at the next start, readable by its owner alone', async () => {
    const path = join(await aFolder(), 'outbox.jsonl');
    const before = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
    await before.send(aMessage());
    await before.send(aMessage({ to: 'bob@example.com' }));
    await before.clear({ to: 'bob@example.com' });
    await before.close();
    const after = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
    expect(after.find()).toEqual(before.find());
    expect(after.find()).toHaveLength(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('gives no id twice, even when the clock stands where it stood', async () => {
    const path = join(await aFolder(), 'outbox.jsonl');
    for (let run = 0; run < 2; run += 1) {
      const outbox = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
      await outbox.send(aMessage());
      await outbox.close();
    }
    const outbox = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
    expect(new Set(outbox.find().map(({ id }) => id)).size).toBe(2);
  });

  test('survives a line that a crash cut short', async () => {
    const path = join(await aFolder(), 'outbox.jsonl');
    const before = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
    await before.send(aMessage());
    await appendFile(path, '{"id":"00');
    const after = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
    await after.send(aMessage({ code: '222222' }));
    const again = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
    expect(again.find().map(({ code }) => code)).toEqual(['222222', '012345']);
  });

  test('is written anew before forgotten messages pile up', async () => {
    const path = join(await aFolder(), 'outbox.jsonl');
    const outbox = await openOutbox({ clock: stillClock(start), file: outboxFile(path) });
    await Promise.all(Array.from({ length: 2500 }, (_, count) => outbox.send(aMessage({ code: String(count) }))));
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(2000);
    expect(outbox.find()).toHaveLength(1000);
  });
});
