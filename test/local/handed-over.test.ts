import { describe, expect, test } from 'vitest';
import { messageLine } from '../../lambdas/adapters/local/announce.ts';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { outboxApi } from '../../lambdas/adapters/local/outbox-api.ts';
import type { OutboxRecord } from '../../lambdas/adapters/local/outbox-record.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';

const message = {
  channel: 'EMAIL',
  poolId: 'us-east-1_aBcDeF123',
  clientId: 'web',
  username: 'ada',
  to: 'ada@example.com',
  kind: 'SignUp',
  code: '012345',
  link: 'http://localhost/confirmUser?confirmation_code=012345',
} as const;

async function kept(announce?: (record: OutboxRecord) => void) {
  const outbox = await openOutbox({ clock: stillClock(Date.UTC(2026, 8, 1)), announce });
  await outbox.noteHandedOver?.(message);
  const api = outboxApi(outbox, { isPublic: false, hostnames: [] });
  const get = (target: string) =>
    api({ method: 'GET', target, headers: { host: 'localhost' }, remoteAddress: '127.0.0.1' });
  return { outbox, get };
}

describe('The outbox, of a message that a function delivers,', () => {
  test('has the code and says that it is not its own', async () => {
    const { outbox, get } = await kept();
    const expected = {
      channel: 'EMAIL',
      kind: 'SignUp',
      custom: true,
      code: '012345',
      link: message.link,
      subject: null,
      html: null,
      text: '',
    };
    expect(outbox.find()).toEqual([expect.objectContaining(expected)]);
    const { messages } = JSON.parse((await get('/_local/outbox/messages?kind=SignUp')).body);
    expect(messages).toEqual([expect.objectContaining(expected)]);
  });

  test('is waited for as for any other', async () => {
    const outbox = await openOutbox({ clock: stillClock(0) });
    const waiting = outbox.wait({ to: 'ada@example.com' });
    await outbox.noteHandedOver?.(message);
    expect(await waiting).toMatchObject({ custom: true, code: '012345' });
  });

  test('leads to its page from the list, and says there whose it is', async () => {
    const { outbox, get } = await kept();
    const { body } = await get('/_local/outbox');
    const href = `/_local/outbox?message=${outbox.find()[0]?.id}`;
    expect(body).toContain(`href="${href}"><span>Delivered by a function of the pool</span></a>`);
  });

  test('shows on its page that the service delivers nothing', async () => {
    const { outbox, get } = await kept();
    const { body } = await get(`/_local/outbox?message=${outbox.find()[0]?.id}`);
    expect(body).toContain('A function of the pool writes and delivers this message; the service does not.');
    expect(body).toContain('012345');
    expect(body).not.toContain('<pre>');
  });

  test('tells the code at the terminal', async () => {
    const lines: string[] = [];
    await kept((record) => lines.push(messageLine(record)));
    expect(lines).toEqual(['[mail] ada@example.com SignUp code=012345']);
  });
});
