/** The routes of the outbox: who is let in, what the API answers, and what the page shows. */
import { describe, expect, test } from 'vitest';
import type { LocalAnswer } from '../../lambdas/adapters/local/local-answers.ts';
import { type Outbox, openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { outboxApi } from '../../lambdas/adapters/local/outbox-api.ts';
import type { GuardRules, OutboxRequest } from '../../lambdas/adapters/local/outbox-guard.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { Message } from '../../lambdas/core/ports/messenger.ts';

const start = Date.UTC(2026, 0, 1);

const aMessage = (changes: Partial<Message> = {}): Message => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: 'ada@example.com',
  kind: 'SignUp',
  from: 'no-reply@example.com',
  subject: 'Your code',
  html: '<p>Your code is <b>012345</b></p>',
  text: 'Your code is 012345',
  code: '012345',
  ...changes,
});

interface Asked {
  readonly outbox: Outbox;
  ask(target?: string, changes?: Partial<OutboxRequest>): Promise<LocalAnswer>;
}

async function anOutbox(messages: readonly Message[] = [], rules: Partial<GuardRules> = {}): Promise<Asked> {
  const clock = stillClock(start);
  const outbox = await openOutbox({ clock });
  for (const message of messages) {
    await outbox.send(message);
    clock.advance(1000);
  }
  const api = outboxApi(outbox, { isPublic: false, hostnames: [], ...rules });
  const usual = { method: 'GET', headers: { host: 'localhost:9229' }, remoteAddress: '127.0.0.1' };
  return {
    outbox,
    ask: (target = '', changes = {}) => api({ ...usual, target: `/_local/outbox${target}`, ...changes }),
  };
}

const from = (headers: OutboxRequest['headers']) => ({ headers: { host: 'localhost:9229', ...headers } });

describe('the guard of the outbox', () => {
  const welcome: readonly (readonly [string, Partial<OutboxRequest>])[] = [
    ['a program on this machine', {}],
    ['a program over IPv6', { remoteAddress: '::1', headers: { host: '[::1]:9229' } }],
    ['a program that calls an address', { headers: { host: '127.0.0.1:9229' } }],
    ['the page itself', from({ origin: 'http://localhost:9229', 'sec-fetch-site': 'same-origin' })],
    ['somebody who types the address', from({ 'sec-fetch-site': 'none' })],
    [
      'somebody who follows a link',
      from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }),
    ],
  ];
  test.each(welcome)('lets in %s', async (_, changes) => {
    const { ask } = await anOutbox();
    expect((await ask('/messages', changes)).status).toBe(200);
  });

  const unwelcome: readonly (readonly [string, Partial<OutboxRequest>])[] = [
    ['another machine', { remoteAddress: '192.0.2.7' }],
    ['a caller without an address', { remoteAddress: undefined }],
    ['a tunnel on this machine', from({ 'x-forwarded-for': '192.0.2.7' })],
    ['a name that was pointed here (DNS rebinding)', { headers: { host: 'rebound.example:9229' } }],
    ['a name that only begins like ours', { headers: { host: 'localhost.example:9229' } }],
    ['a name with tricks in it', { headers: { host: 'evil.example@localhost:9229' } }],
    ['a caller without a name', { headers: {} }],
    ['two names', { headers: { host: ['localhost', 'evil.example'] } }],
    ['another site', from({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })],
    ['another port of this machine', from({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' })],
    ['a page without an origin', from({ origin: 'null' })],
    ['an image on another site', from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' })],
    [
      'a frame on another site',
      from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }),
    ],
  ];
  test.each(unwelcome)('turns away %s', async (_, changes) => {
    const { ask } = await anOutbox([aMessage()]);
    for (const target of ['', '/messages', '/wait']) {
      const answer = await ask(target, changes);
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain('012345');
    }
  });

  test('lets in other machines under a known name where that was asked for, but no other site', async () => {
    const { ask } = await anOutbox([], { isPublic: true, hostnames: ['dev.example'] });
    const remoteAddress = '192.0.2.7';
    const headers = { host: 'dev.example:9229' };
    expect((await ask('/messages', { remoteAddress, headers })).status).toBe(200);
    expect((await ask('/messages', { remoteAddress, headers: { host: 'evil.example' } })).status).toBe(403);
    const other = { ...headers, origin: 'https://evil.example' };
    expect((await ask('/messages', { remoteAddress, headers: other })).status).toBe(403);
  });

  test('no answer may be kept, framed, or read by another site', async () => {
    const { ask } = await anOutbox([aMessage()]);
    for (const answer of [await ask(), await ask('/messages'), await ask('/none')]) {
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect((await ask()).headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

describe('the API of the outbox', () => {
  test('lists messages that fit (triggers-and-messages 38)', async () => {
    const { ask } = await anOutbox([aMessage(), aMessage({ to: '+15550100', channel: 'SMS', code: '222222' })]);
    const codes = async (query: string) =>
      JSON.parse((await ask(`/messages${query}`)).body).messages.map(({ code }: { code: string }) => code);
    expect(await codes('')).toEqual(['222222', '012345']);
    expect(await codes('?to=ada%40example.com&kind=SignUp&poolId=us-east-1_A')).toEqual(['012345']);
    expect(await codes('?to=%2B15550100')).toEqual(['222222']);
    expect(await codes('?to=+15550100')).toEqual(['222222']);
    expect(await codes(`?after=${start + 1}`)).toEqual(['222222']);
  });

  test('waits for a message (triggers-and-messages 38)', async () => {
    const { ask, outbox } = await anOutbox();
    const waiting = ask('/wait?to=ada@example.com');
    await outbox.send(aMessage());
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ code: '012345', to: 'ada@example.com' });
  });

  test('answers 408 when no message came', async () => {
    const { ask } = await anOutbox();
    expect((await ask('/wait?timeoutMs=0')).status).toBe(408);
  });

  test('clears the messages that fit', async () => {
    const { ask, outbox } = await anOutbox([aMessage(), aMessage({ to: 'bob@example.com' })]);
    expect((await ask('/messages?to=bob@example.com', { method: 'DELETE' })).status).toBe(204);
    expect(outbox.find().map(({ to }) => to)).toEqual(['ada@example.com']);
    expect((await ask('/messages', { method: 'DELETE' })).status).toBe(204);
    expect(outbox.find()).toEqual([]);
  });

  test('refuses parameters and routes that it does not know', async () => {
    const { ask } = await anOutbox();
    expect((await ask('/messages?recipient=x')).status).toBe(400);
    expect((await ask('/messages?after=soon')).status).toBe(400);
    expect((await ask('/wait?timeoutMs=long')).status).toBe(400);
    expect((await ask('/elsewhere')).status).toBe(404);
    expect((await ask('/messages', { method: 'POST' })).status).toBe(404);
  });
});

describe('the page of the outbox', () => {
  const attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

  test('shows who got which message when, with its code', async () => {
    const { ask } = await anOutbox([aMessage()]);
    const { status, headers, body } = await ask();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    for (const part of ['ada@example.com', '<code>012345</code>', 'SignUp', '2026-01-01 00:00:00 UTC', 'us-east-1_A']) {
      expect(body).toContain(part);
    }
  });

  test('filters by parts of recipient and pool', async () => {
    const { ask } = await anOutbox([aMessage(), aMessage({ to: 'bob@example.com', code: '222222' })]);
    const { body } = await ask('?to=BOB');
    expect(body).toContain('<code>222222</code>');
    expect(body).not.toContain('<code>012345</code>');
    expect((await ask('?to=carol')).body).toContain('No messages match.');
  });

  test('escapes whatever a sender or a reader chose', async () => {
    const all = { to: attack, subject: attack, text: attack, username: attack, code: attack, html: attack };
    const { ask, outbox } = await anOutbox([aMessage(all)]);
    const id = outbox.find()[0]?.id;
    const query = `to=${encodeURIComponent(attack)}`;
    for (const target of [`?${query}`, `?message=${id}&${query}`, `?message=${encodeURIComponent(attack)}`]) {
      const { body } = await ask(target);
      expect(body).not.toContain('<script>alert');
      expect(body).not.toContain('<img');
    }
  });

  test('shows an HTML body in a frame that may do nothing (triggers-and-messages 38)', async () => {
    const { ask, outbox } = await anOutbox([aMessage()]);
    const { body } = await ask(`?message=${outbox.find()[0]?.id}`);
    expect(body).toContain('<iframe sandbox="" ');
    expect(body).toContain('&lt;p&gt;Your code is &lt;b&gt;012345&lt;/b&gt;&lt;/p&gt;"');
  });

  test('runs one script, loads nothing from elsewhere, and refreshes by itself where scripts are off', async () => {
    const { ask } = await anOutbox([aMessage()]);
    const { headers, body } = await ask();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[\w+/=]+';/);
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(body).toContain('<noscript><meta http-equiv="refresh"');
    expect((await ask('?refresh=off')).body).not.toContain('http-equiv="refresh"');
  });

  test('leads to a message that has no subject, or no words at all', async () => {
    const { ask, outbox } = await anOutbox([aMessage({ subject: '' }), aMessage({ subject: '', text: ' ' })]);
    const [last, first] = outbox.find().map(({ id }) => `href="/_local/outbox?message=${id}"`);
    const { body } = await ask();
    expect(body).toContain(`${first}><span>Your code is 012345</span></a>`);
    expect(body).toContain(`${last}><span>E-mail to ada@example.com</span></a>`);
    expect((await ask(`?message=${outbox.find()[0]?.id}`)).body).toContain('<h1>E-mail to ada@example.com</h1>');
  });

  test('says so when a message is gone', async () => {
    const { ask } = await anOutbox();
    expect((await ask('?message=0000000000000001')).body).toContain('This message is gone');
  });
});
