/** Mail through an SMTP server, as the server receives it. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { smtpMessenger } from '../../lambdas/adapters/local/smtp-messenger.ts';
import { DeliveryFailed, type Message, type Messenger } from '../../lambdas/core/ports/messenger.ts';
import { type SmtpRules, type SmtpServer, startSmtpServer } from './smtp-server.ts';

const aMessage = (changes: Partial<Message> = {}): Message => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: 'ada@example.com',
  kind: 'SignUp',
  subject: 'Your verification code',
  html: 'Your code is <b>012345</b>',
  text: 'Your code is 012345',
  code: '012345',
  ...changes,
});

async function aMessenger(rules?: SmtpRules): Promise<{ server: SmtpServer; messenger: Messenger }> {
  const server = await startSmtpServer(rules);
  const messenger = smtpMessenger({ url: server.url, defaultFrom: 'Pond <no-reply@example.com>' });
  onTestFinished(async () => {
    messenger.close();
    await server[Symbol.asyncDispose]();
  });
  return { server, messenger };
}

describe('mail through an SMTP server', () => {
  test('carries subject, text and HTML to the one recipient, from the default sender', async () => {
    const { server, messenger } = await aMessenger();
    await messenger.send(aMessage());
    const [{ from, to, data }] = server.received as [(typeof server.received)[number]];
    expect([from, to]).toEqual(['no-reply@example.com', ['ada@example.com']]);
    expect(data).toMatch(/^From: Pond <no-reply@example\.com>\r$/m);
    expect(data).toMatch(/^To: ada@example\.com\r$/m);
    expect(data).toMatch(/^Subject: Your verification code\r$/m);
    expect(data).toContain('Your code is 012345');
    expect(data).toContain('Your code is <b>012345</b>');
  });

  test("is sent from the pool's own sender, with its reply address", async () => {
    const { server, messenger } = await aMessenger();
    await messenger.send(aMessage({ from: 'Shop <shop@example.com>', replyTo: 'help@example.com' }));
    expect(server.received[0]?.from).toBe('shop@example.com');
    expect(server.received[0]?.data).toMatch(/^Reply-To: help@example\.com\r$/m);
  });

  test.each(['Shop, eve@example.com <shop@example.com>', '"Shop, Ltd" <shop@example.com>'])(
    'is sent from one sender where the pool says %j',
    async (from) => {
      const { server, messenger } = await aMessenger();
      await messenger.send(aMessage({ from, replyTo: from }));
      const [{ from: sender, data }] = server.received as [(typeof server.received)[number]];
      expect(sender).toBe('shop@example.com');
      for (const field of ['From', 'Reply-To']) {
        expect(new RegExp(`^${field}: (.*)\r$`, 'm').exec(data)?.[1]).toMatch(/^"[^"]+" <shop@example\.com>$/);
      }
    },
  );

  test.each(['ada@example.com,eve@example.com', 'ada@example.com\r\nBcc: eve@example.com', 'x <eve@example.com>'])(
    'reaches nobody else when the address is %j',
    async (to) => {
      const { server, messenger } = await aMessenger();
      await messenger.send(aMessage({ to })).catch((error) => expect(error).toBeInstanceOf(DeliveryFailed));
      for (const { to: recipients, data } of server.received) {
        expect(recipients).toHaveLength(1);
        expect(recipients).not.toContain('eve@example.com');
        expect(data).not.toMatch(/^Bcc:/m);
      }
    },
  );

  test('a line break in the subject adds no header', async () => {
    const { server, messenger } = await aMessenger();
    await messenger.send(aMessage({ subject: 'Hello\r\nX-Added: yes' }));
    expect(server.received[0]?.data).not.toMatch(/^X-Added/m);
  });

  test('a refusal by the server is a failed delivery that names neither recipient nor code', async () => {
    const { messenger } = await aMessenger({ recipient: '550 No such user ada@example.com' });
    const failed = messenger.send(aMessage());
    await expect(failed).rejects.toBeInstanceOf(DeliveryFailed);
    await expect(failed).rejects.toThrow(/^The SMTP server did not take the message \(EENVELOPE 550\)\.$/);
  });

  test('a server that is not there is a failed delivery', async () => {
    const gone = await startSmtpServer();
    await gone[Symbol.asyncDispose]();
    const messenger = smtpMessenger({ url: gone.url, defaultFrom: 'a@example.com' });
    await expect(messenger.send(aMessage())).rejects.toThrow(
      /^The SMTP server did not take the message \(ESOCKET\)\.$/,
    );
    messenger.close();
  });

  test('an SMS is refused', async () => {
    const { server, messenger } = await aMessenger();
    await expect(messenger.send(aMessage({ channel: 'SMS', to: '+15550100' }))).rejects.toThrow('SMS cannot be sent');
    expect(server.received).toEqual([]);
  });
});
