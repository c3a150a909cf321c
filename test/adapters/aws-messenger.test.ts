/** Where messages go on AWS, and what it takes to be ready for that. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { awsMessenger } from '../../lambdas/adapters/aws-messenger.ts';
import type { Mail, TextMessage } from '../../lambdas/core/ports/messenger.ts';
import { openSmallSes, openSmallSns } from '../support/open-small-services.ts';
import { recordingMessenger } from '../support/recording-messenger.ts';

const addressed = { poolId: 'us-east-1_A', username: 'ada', kind: 'SignUp', text: 'Hello' } as const;
const mail: Mail = { ...addressed, channel: 'EMAIL', to: 'ada@example.com', subject: 'Hello', html: 'Hello' };
const ownMail: Mail = {
  ...mail,
  identity: { arn: 'arn:aws:ses:us-east-1:123456789012:identity/shop@example.com' },
};
const text: TextMessage = { ...addressed, channel: 'SMS', to: '+12065550100' };

async function delivered(settings: { readonly mailFrom?: string; readonly sms: 'sns' | 'outbox' }) {
  const ses = await openSmallSes();
  const sns = await openSmallSns();
  const outbox = recordingMessenger();
  const budget = { take: async () => 'taken' as const };
  const messenger = awsMessenger({ ...settings, account: '123456789012', outbox, budget });
  for (const message of [mail, ownMail, text]) await messenger.send(message);
  return { ses: ses.taken.map(({ from }) => from), sns: sns.taken.length, outbox: outbox.sent };
}

const mailFrom = 'no-reply@example.com';

describe('awsMessenger', () => {
  test('keeps everything in the outbox where nothing is set up, the mail of pools with an identity included', async () => {
    expect(await delivered({ sms: 'outbox' })).toEqual({ ses: [], sns: 0, outbox: [mail, ownMail, text] });
  });

  test('sends mail where it has a sender, and texts where it was told to', async () => {
    expect(await delivered({ mailFrom, sms: 'outbox' })).toEqual({
      ses: [mailFrom, 'shop@example.com'],
      sns: 0,
      outbox: [text],
    });
    expect(await delivered({ sms: 'sns' })).toEqual({ ses: [], sns: 1, outbox: [mail, ownMail] });
    expect(await delivered({ mailFrom, sms: 'sns' })).toMatchObject({ sns: 1, outbox: [] });
  });

  test('loads no client before there is something to send', async () => {
    const file = new URL('../../lambdas/adapters/aws-messenger.ts', import.meta.url);
    const script = `
      import { registerHooks } from 'node:module';
      const asked = [];
      registerHooks({ resolve(name, context, next) { asked.push(name); return next(name, context); } });
      const { awsMessenger } = await import(${JSON.stringify(file.href)});
      awsMessenger({ mailFrom: 'a@example.com', sms: 'sns', account: '123456789012' });
      process.stdout.write(JSON.stringify(asked));`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    const asked: readonly string[] = JSON.parse((await run).stdout);
    expect(asked).toContain('./ses/ses-messenger.ts');
    expect(asked.filter((name) => name.startsWith('@'))).toEqual([]);
  });
});
