/** All messengers: those of one machine, and those of AWS. */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { awsMessenger } from '../../lambdas/adapters/aws-messenger.ts';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { outboxMessenger, outboxStore } from '../../lambdas/adapters/dynamodb/outbox-store.ts';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import type { OutboxFile } from '../../lambdas/adapters/local/outbox-file.ts';
import { smtpMessenger } from '../../lambdas/adapters/local/smtp-messenger.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { Messenger } from '../../lambdas/core/ports/messenger.ts';
import { readMail } from '../local/received-mail.ts';
import { type SmtpRules, startSmtpServer } from '../local/smtp-server.ts';
import { aSealer } from '../support/key-material.ts';
import { openSmallEums, openSmallSes, openSmallSns, openSmallSts } from '../support/open-small-services.ts';
import { impatient, testTable, testWire } from '../support/table.ts';
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

/** The messages of the contract name one pool, so each messenger has a pool of its own instead. */
function inPoolOfItsOwn(messenger: Messenger): { readonly poolId: string; readonly messenger: Messenger } {
  const poolId = `us-east-1_${randomUUID()}`;
  return { poolId, messenger: { send: (message) => messenger.send({ ...message, poolId }) } };
}

const clock = stillClock(Date.UTC(2026, 0, 1));

for (const channel of ['EMAIL', 'SMS'] as const) {
  messengerContract(`outboxMessenger (${channel})`, {
    channel,
    isPlain: true,
    async open(): Promise<OpenMessenger> {
      const store = outboxStore({ table: testTable(), sealer: aSealer(), clock });
      const { poolId, messenger } = inPoolOfItsOwn(outboxMessenger(store));
      const delivered = async () => {
        const messages = await store.list({ poolId });
        return messages.map(({ to, subject, text }) => ({ recipients: [to], subject, html: undefined, text }));
      };
      return { messenger, delivered };
    },
    async openRefusing() {
      const table = dynamodbTable({ wire: testWire(), tableName: 'no-such-table', ...impatient });
      return outboxMessenger(outboxStore({ table, sealer: aSealer(), clock }));
    },
  });
}

const unusable: Messenger = { send: () => Promise.reject(new Error('this is not for the outbox')) };

const onAws = () =>
  awsMessenger({
    mailFrom: 'Pond <no-reply@example.com>',
    sms: 'sns',
    account: '123456789012',
    rolesIn: 'us-east-1',
    outbox: unusable,
    budget: { take: async () => 'taken' },
  });

messengerContract('awsMessenger, through SES', {
  async open() {
    const ses = await openSmallSes();
    const delivered = () =>
      ses.taken.map(({ to, subject, html, text = '' }) => ({ recipients: to, subject, html, text }));
    return { messenger: onAws(), delivered };
  },
  async openRefusing() {
    (await openSmallSes()).fail(1, 'MessageRejected');
    return onAws();
  },
});

messengerContract('awsMessenger, through SNS', {
  channel: 'SMS',
  async open() {
    const sns = await openSmallSns();
    const delivered = () =>
      sns.taken.map(({ phoneNumber, message }) => ({
        recipients: [phoneNumber],
        subject: undefined,
        html: undefined,
        text: message,
      }));
    return { messenger: onAws(), delivered };
  },
  async openRefusing() {
    (await openSmallSns()).fail(1, 'OptedOut');
    return onAws();
  },
});

/** For pools that name a role and the newer service. */
function throughEums(): Messenger {
  const sender = { service: 'EUMS', role: { arn: roleArn, externalId: 'pool' } } as const;
  const messenger = onAws();
  return { send: (message) => messenger.send(message.channel === 'SMS' ? { ...message, sender } : message) };
}

const roleArn = 'arn:aws:iam::123456789012:role/texts';

messengerContract('awsMessenger, through End User Messaging', {
  channel: 'SMS',
  async open() {
    (await openSmallSts()).roles.set(roleArn, { externalId: 'pool' });
    const eums = await openSmallEums();
    const delivered = () =>
      eums.taken.map(({ input }) => ({
        recipients: [String(input['DestinationPhoneNumber'])],
        subject: undefined,
        html: undefined,
        text: String(input['MessageBody']),
      }));
    return { messenger: throughEums(), delivered };
  },
  async openRefusing() {
    await openSmallSts();
    return throughEums();
  },
});
