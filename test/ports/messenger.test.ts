/** The messengers of one machine. */
import { onTestFinished } from 'vitest';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import type { OutboxFile } from '../../lambdas/adapters/local/outbox-file.ts';
import { smtpMessenger } from '../../lambdas/adapters/local/smtp-messenger.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { readMail } from '../local/received-mail.ts';
import { type SmtpRules, startSmtpServer } from '../local/smtp-server.ts';
import { messengerContract, type OpenMessenger } from './messenger.contract.ts';

const fullDisk: OutboxFile = {
  load: async () => [],
  append: () => Promise.reject(new Error('ENOSPC')),
  rewrite: () => Promise.reject(new Error('ENOSPC')),
  close: async () => undefined,
};

const openedOutbox = async (file?: OutboxFile) => {
  const outbox = await openOutbox({ clock: stillClock(Date.UTC(2026, 0, 1)), file });
  onTestFinished(() => outbox.close());
  return outbox;
};

messengerContract('The outbox', {
  async open(): Promise<OpenMessenger> {
    const outbox = await openedOutbox();
    const delivered = () =>
      outbox
        .find()
        .toReversed()
        .map(({ to, subject, html, text }) => ({
          recipients: [to],
          subject: subject ?? undefined,
          html: html ?? undefined,
          text,
        }));
    return { messenger: outbox, delivered };
  },
  openRefusing: () => openedOutbox(fullDisk),
});

async function openSmtp(rules?: SmtpRules): Promise<OpenMessenger> {
  const server = await startSmtpServer(rules);
  const messenger = smtpMessenger({ url: server.url, defaultFrom: 'Pond <no-reply@example.com>' });
  onTestFinished(async () => {
    messenger.close();
    await server[Symbol.asyncDispose]();
  });
  const delivered = () =>
    server.received.map(({ to, data }) => {
      const { subject, html, text = '' } = readMail(data);
      return { recipients: to, subject, html, text };
    });
  return { messenger, delivered };
}

messengerContract('smtpMessenger', {
  open: () => openSmtp(),
  openRefusing: async () => (await openSmtp({ recipient: '550 No such user' })).messenger,
});
