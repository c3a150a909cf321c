/** What every record of messages that were not delivered promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { Mail, Message } from '../../lambdas/core/ports/messenger.ts';
import type { SentMessages } from '../../lambdas/core/ports/sent-messages.ts';
import { aClock, inParallel } from './open-stores.ts';

const hour = 3_600_000;

export interface OpenSentMessages extends SentMessages {
  add(message: Message): Promise<void>;
}

export function sentMessagesContract(name: string, open: (clock: StillClock) => Promise<OpenSentMessages>): void {
  const anOutbox = async () => {
    const clock = aClock();
    const poolId = `us-east-1_${randomUUID()}`;
    const aMail = (changes: Partial<Mail> = {}): Mail => ({
      channel: 'EMAIL',
      poolId,
      username: 'ada',
      to: 'ada@example.com',
      kind: 'SignUp',
      subject: 'Your code',
      html: '<b>012345</b>',
      text: '012345',
      code: '012345',
      ...changes,
    });
    return { clock, poolId, aMail, outbox: await open(clock) };
  };

  describe(`${name} as a record of messages`, () => {
    test('shows all that an administrator needs, of mail and of texts', async () => {
      const { outbox, clock, poolId, aMail } = await anOutbox();
      await outbox.add(aMail());
      const { subject: _subject, html: _html, code: _code, ...rest } = aMail();
      await outbox.add({ ...rest, channel: 'SMS', to: '+12065550100', kind: 'AdminCreateUser' });
      const [sms, mail] = await outbox.list({ poolId });
      const shared = { id: expect.any(String), sentAt: clock.now(), poolId, username: 'ada', text: '012345' };
      expect(mail).toEqual({
        ...shared,
        channel: 'EMAIL',
        kind: 'SignUp',
        to: 'ada@example.com',
        subject: 'Your code',
        code: '012345',
      });
      expect(sms).toEqual({ ...shared, channel: 'SMS', kind: 'AdminCreateUser', to: '+12065550100' });
      expect(sms?.id).not.toBe(mail?.id);
    });

    test('shows the newest first, and no more than asked for', async () => {
      const { outbox, clock, poolId, aMail } = await anOutbox();
      for (let count = 1; count <= 12; count++) {
        await outbox.add(aMail({ code: String(count) }));
        if (count % 3 === 0) clock.advance(1000);
      }
      const codes = async (limit?: number) => (await outbox.list({ poolId, limit })).map(({ code }) => code);
      expect(await codes()).toEqual(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3', '2', '1']);
      expect(await codes(2)).toEqual(['12', '11']);
    });

    test('shows those of one pool, of one person, or of everybody', async () => {
      const { outbox, clock, poolId, aMail } = await anOutbox();
      const other = `us-east-1_${randomUUID()}`;
      await outbox.add(aMail());
      await outbox.add(aMail({ username: 'Ada' }));
      clock.advance(1);
      await outbox.add(aMail({ poolId: other }));
      const shown = async (filter: Parameters<SentMessages['list']>[0]) =>
        (await outbox.list(filter)).map(({ poolId: from, username }) => [from, username]);
      expect(await shown({ poolId })).toEqual([
        [poolId, 'Ada'],
        [poolId, 'ada'],
      ]);
      expect(await shown({ poolId, username: 'ada' })).toEqual([[poolId, 'ada']]);
      expect(await shown({ username: 'Ada', poolId: other })).toEqual([]);
      const all = await outbox.list({ limit: 100_000 });
      const ours = all.filter((message) => [poolId, other].includes(message.poolId)).map((message) => message.poolId);
      expect(ours).toEqual([other, poolId, poolId]);
    });

    test('forgets a message after an hour', async () => {
      const { outbox, clock, poolId, aMail } = await anOutbox();
      await outbox.add(aMail({ code: '1' }));
      clock.advance(hour / 2);
      await outbox.add(aMail({ code: '2' }));
      clock.advance(hour / 2 - 1);
      expect(await outbox.list({ poolId })).toHaveLength(2);
      clock.advance(1);
      expect(await outbox.list({ poolId })).toMatchObject([{ code: '2' }]);
      clock.advance(hour);
      expect(await outbox.list({ poolId })).toEqual([]);
      expect((await outbox.list({ limit: 100_000 })).filter((message) => message.poolId === poolId)).toEqual([]);
    });

    test('keeps the newest thousand of a pool, and those of other pools beside them', async () => {
      const { outbox, poolId, aMail } = await anOutbox();
      const other = `us-east-1_${randomUUID()}`;
      await outbox.add(aMail({ poolId: other, code: 'kept' }));
      for (let count = 0; count < 1010; count += 101) {
        await inParallel(101, (index) => outbox.add(aMail({ code: String(count + index) })));
      }
      const messages = await outbox.list({ poolId, limit: 2000 });
      expect(messages).toHaveLength(1000);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(1000);
      expect(messages.filter(({ code }) => Number(code) >= 101)).toHaveLength(909);
      expect(await outbox.list({ poolId: other })).toMatchObject([{ code: 'kept' }]);
    });

    test('keeps every message of many that come at once', async () => {
      const { outbox, poolId, aMail } = await anOutbox();
      await inParallel(50, (index) => outbox.add(aMail({ code: String(index) })));
      const codes = (await outbox.list({ poolId })).map(({ code }) => Number(code));
      expect(codes.toSorted((one, another) => one - another)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    });

    test('keeps the beginning of a text that is very long, and its code', async () => {
      const { outbox, poolId, aMail } = await anOutbox();
      await outbox.add(aMail({ text: '🦆'.repeat(500_000), html: 'x'.repeat(500_000) }));
      const [message] = await outbox.list({ poolId });
      expect(message?.text).toBe('🦆'.repeat(5000));
      expect(message?.code).toBe('012345');
    });

    test.each(['', ' ', 'a\r\nBcc: eve@example.com', '{"code":1}', '../../@', 'é🦆', '\u0000'])(
      'keeps what people call themselves as it is: %j',
      async (username) => {
        const { outbox, poolId, aMail } = await anOutbox();
        await outbox.add(aMail({ username, subject: username }));
        expect(await outbox.list({ poolId, username })).toMatchObject([{ username, subject: username }]);
      },
    );
  });
}
