/** E-mail through SES, as SES receives it. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mailboxOf } from '../../lambdas/adapters/ses/mailboxes.ts';
import { sesMessenger } from '../../lambdas/adapters/ses/ses-messenger.ts';
import { DeliveryFailed, type DeliveryObstacle, type Mail } from '../../lambdas/core/ports/messenger.ts';
import { callerId, openSmallSes } from '../support/open-small-services.ts';
import type { SmallServiceOptions } from '../support/small-message-service.ts';
import type { SesFault } from '../support/small-ses.ts';

const account = '123456789012';

const aMail = (changes: Partial<Mail> = {}): Mail => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: 'ada@example.com',
  kind: 'SignUp',
  subject: 'Your code',
  html: 'Your code is <b>012345</b>',
  text: 'Your code is 012345',
  code: '012345',
  ...changes,
});

const identity = (name: string, { region = 'us-east-1', owner = account } = {}) => ({
  arn: `arn:aws:ses:${region}:${owner}:identity/${name}`,
});

async function aMessenger(options?: SmallServiceOptions) {
  const ses = await openSmallSes(options);
  return { ses, messenger: sesMessenger({ mailFrom: 'Pond <no-reply@pond.example>', account }) };
}

/** Everything that went to the console, which is the log of a function. */
const logged: unknown[] = [];

beforeEach(() => {
  logged.length = 0;
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void logged.push(...words));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(logged).toEqual([]);
});

describe('The sender of mail through SES', () => {
  test('is the deployment for a pool without an identity, whatever the pool is called (triggers-and-messages 36)', async () => {
    const { ses, messenger } = await aMessenger();
    await messenger.send(aMail({ from: 'Shop <shop@example.com>', replyTo: 'help@example.com' }));
    expect(ses.taken).toMatchObject([
      { from: 'Pond <no-reply@pond.example>', replyTo: ['help@example.com'], region: 'us-east-1' },
    ]);
    expect(ses.taken[0]).toMatchObject({ identityArn: undefined, configurationSet: undefined });
  });

  test('is the address of the pool within its identity, in the identity’s region and with its configuration (triggers-and-messages 36)', async () => {
    const { ses, messenger } = await aMessenger();
    const own = { ...identity('example.com', { region: 'eu-west-1' }), configurationSet: 'own' };
    await messenger.send(aMail({ from: 'Shop <shop@mail.example.com>', identity: own }));
    expect(ses.taken).toMatchObject([
      {
        from: 'Shop <shop@mail.example.com>',
        region: 'eu-west-1',
        configurationSet: 'own',
        identityArn: undefined,
        replyTo: [],
      },
    ]);
  });

  test('is the identity itself where the pool has no other address', async () => {
    const { ses, messenger } = await aMessenger();
    await messenger.send(aMail({ identity: identity('shop@example.com') }));
    expect(ses.taken).toMatchObject([{ from: 'shop@example.com' }]);
  });

  test('is named by its ARN where another account owns the identity', async () => {
    const { ses, messenger } = await aMessenger();
    const foreign = identity('example.com', { owner: '999999999999' });
    await messenger.send(aMail({ from: 'shop@example.com', identity: foreign }));
    expect(ses.taken).toMatchObject([{ from: 'shop@example.com', identityArn: foreign.arn }]);
    expect(ses.calls).toMatchObject([{ resource: foreign.arn, outcome: 'ok' }]);
  });

  test.each<[string, Partial<Mail>]>([
    ['a domain without an address', { identity: identity('example.com') }],
    ['an address of another domain', { from: 'a@other.example', identity: identity('example.com') }],
    ['an address of a domain that only ends alike', { from: 'a@evil-example.com', identity: identity('example.com') }],
    ['another address of the same domain', { from: 'b@example.com', identity: identity('a@example.com') }],
    [
      'an address with the domain in its name',
      { from: 'x@example.com <a@other.example>', identity: identity('example.com') },
    ],
    ['a role', { identity: { arn: `arn:aws:iam::${account}:role/mail` } }],
    ['a region that leads elsewhere', { identity: identity('a@example.com', { region: 'us-east-1.evil-1' }) }],
    ['a made-up region', { identity: identity('a@example.com', { region: 'evil' }) }],
  ])('is refused before anything is sent when it is %s', async (_what, changes) => {
    const { ses, messenger } = await aMessenger();
    await expect(messenger.send(aMail(changes))).rejects.toBeInstanceOf(DeliveryFailed);
    expect(ses.calls).toEqual([]);
  });
});

describe('Mail through SES', () => {
  test.each([
    'ada@example.com,eve@example.com',
    'ada@example.com;eve@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    'Ada <eve@example.com>',
    '"ada@example.com"@example.com',
    'ada@[127.0.0.1]',
    'ada@exa mple.com',
    'адa@example.com',
    'ada',
    '',
  ])('goes nowhere when the address is %j', async (to) => {
    const { ses, messenger } = await aMessenger();
    const failure: unknown = await messenger.send(aMail({ to })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeliveryFailed);
    expect(String(failure)).not.toMatch(/ada|eve|012345/);
    expect(ses.calls).toEqual([]);
  });

  test('reaches domains in letters of all scripts', async () => {
    const { ses, messenger } = await aMessenger();
    await messenger.send(aMail({ to: 'ada+x@bücher.example' }));
    expect(ses.taken[0]?.to).toEqual(['ada+x@xn--bcher-kva.example']);
  });

  test.each(['Hello\r\nBcc: eve@example.com', 'Hello\nX: y', 'Hello\u2028X: y', 'Hello\0\x7f'])(
    'has a subject of one line when a name in it was %j',
    async (subject) => {
      const { ses, messenger } = await aMessenger();
      await messenger.send(aMail({ subject }));
      expect(ses.taken[0]?.subject).toMatch(/^Hello [^\p{Cc}\p{Zl}]*$/u);
    },
  );

  test('keeps a hundred thousand characters of all scripts', async () => {
    const { ses, messenger } = await aMessenger();
    const text = 'Ваш код 🦆 '.repeat(10_000);
    await messenger.send(aMail({ text, html: text }));
    expect(ses.taken[0]).toMatchObject({ text, html: text });
  });

  test.each<[SesFault, string, DeliveryObstacle?]>([
    ['MessageRejected', 'MessageRejected 400', 'permission'],
    ['MessageRejected for its content', 'MessageRejected 400'],
    ['MailFromDomainNotVerifiedException', 'MailFromDomainNotVerifiedException 400', 'permission'],
    ['AccountSuspendedException', 'AccountSuspendedException 400'],
    ['SendingPausedException', 'SendingPausedException 400'],
    ['NotFoundException', 'NotFoundException 404'],
  ])(
    'that SES refuses (%s) is a failed delivery that names nobody (triggers-and-messages 37)',
    async (name, codes, obstacle) => {
      const { ses, messenger } = await aMessenger();
      ses.fail(1, name);
      const failure: unknown = await messenger.send(aMail()).catch((error: unknown) => error);
      expect(failure).toEqual(new DeliveryFailed(`SES did not take the message (${codes}).`, { obstacle }));
      expect(failure).not.toHaveProperty('cause');
    },
  );

  test.each<SesFault>(['TooManyRequestsException', 'LimitExceededException', 'InternalFailure'])(
    'is tried three times (%s)',
    async (name) => {
      // The client waits for a random while between its tries: for none.
      vi.spyOn(Math, 'random').mockReturnValue(0);
      const { ses, messenger } = await aMessenger();
      ses.fail(2, name);
      await messenger.send(aMail());
      ses.fail(3, name);
      await expect(messenger.send(aMail())).rejects.toBeInstanceOf(DeliveryFailed);
      expect(ses.calls.map(({ outcome }) => outcome)).toEqual([name, name, 'ok', name, name, name]);
    },
  );

  test('survives a connection that breaks, and fails where nobody answers', async () => {
    const { ses, messenger } = await aMessenger();
    ses.hangUp(2);
    await messenger.send(aMail());
    ses.hangUp(3);
    await expect(messenger.send(aMail())).rejects.toThrow(/^SES did not take the message \(\w+\)\.$/);
    expect(ses.taken).toHaveLength(1);
  });

  test('asks for the right to send from the identity, and with the configuration set', async () => {
    const asked: unknown[] = [];
    const { messenger } = await aMessenger({ onCall: (call) => void asked.push(call) });
    const own = { ...identity('example.com'), configurationSet: 'own' };
    await messenger.send(aMail({ from: 'Shop <shop@example.com>', identity: own }));
    const call = { accessKeyId: callerId, action: 'ses:SendEmail' };
    expect(asked).toEqual([
      { ...call, resource: `arn:aws:ses:us-east-1:${account}:identity/shop@example.com` },
      { ...call, resource: `arn:aws:ses:us-east-1:${account}:configuration-set/own` },
    ]);
  });

  test('that the role may not send is a failed delivery', async () => {
    const { ses, messenger } = await aMessenger({ onCall: () => 'denied' });
    const failure: unknown = await messenger.send(aMail()).catch((error: unknown) => error);
    expect(failure).toEqual(
      new DeliveryFailed('SES did not take the message (AccessDeniedException 403).', { obstacle: 'permission' }),
    );
    expect(ses.taken).toEqual([]);
  });

  test('is not for texts', async () => {
    const { ses, messenger } = await aMessenger();
    const { subject: _subject, html: _html, ...rest } = aMail();
    await expect(messenger.send({ ...rest, channel: 'SMS', to: '+12065550100' })).rejects.toBeInstanceOf(
      DeliveryFailed,
    );
    expect(ses.calls).toEqual([]);
  });
});

describe('A mailbox', () => {
  test.each([
    ['no-reply@example.com', 'no-reply@example.com'],
    ['Pond <no-reply@example.com>', 'Pond <no-reply@example.com>'],
    ['"Pond, Inc." <a@example.com>', '"Pond, Inc." <a@example.com>'],
    ['Pond "the" <a@example.com>', '"Pond \\"the\\"" <a@example.com>'],
    ['a@b.example <c@example.com>', '"a@b.example" <c@example.com>'],
    ['=?utf-8?Q?x?= <c@example.com>', '"=?utf-8?Q?x?=" <c@example.com>'],
    ['Grüße <c@example.com>', '=?UTF-8?B?R3LDvMOfZQ==?= <c@example.com>'],
    ['<c@example.com>', 'c@example.com'],
  ])('of %j is written as %j', (text, written) => {
    expect(mailboxOf(text)).toBe(written);
  });

  test('is one line of ASCII that reads as the name did, whatever the name is', () => {
    const anyName = fc.string({ unit: 'binary', maxLength: 120 });
    fc.assert(
      fc.property(anyName, (name) => {
        const written = mailboxOf(`${name} <a@example.com>`);
        expect(written).toMatch(/^[\x20-\x7e]*a@example\.com>?$/);
        for (const word of written.split(' ')) if (word.startsWith('=?')) expect(word.length).toBeLessThanOrEqual(75);
        if (!/["\\]|\p{Cc}/u.test(name)) expect(readName(written)).toBe(name.trim().toWellFormed());
      }),
    );
  });
});

function readName(mailbox: string): string {
  const name = mailbox.slice(0, Math.max(0, mailbox.lastIndexOf('<') - 1));
  if (name.startsWith('"')) return name.slice(1, -1);
  const decode = (word: string) => Buffer.from(/^=\?UTF-8\?B\?(.*)\?=$/.exec(word)?.[1] ?? '', 'base64').toString();
  return name.startsWith('=?') ? name.split(' ').map(decode).join('') : name;
}
