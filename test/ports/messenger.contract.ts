/** What every messenger promises. */
import { describe, expect, test } from 'vitest';
import { DeliveryFailed, type Message, type Messenger } from '../../lambdas/core/ports/messenger.ts';

/** A message as it reached somebody, whatever carried it. */
export interface Delivered {
  /** Everybody that it reached. */
  readonly recipients: readonly string[];
  readonly subject: string | undefined;
  readonly html: string | undefined;
  readonly text: string;
}

export interface OpenMessenger {
  readonly messenger: Messenger;
  /** What was delivered so far. */
  delivered(): readonly Delivered[] | Promise<readonly Delivered[]>;
}

export interface MessengerUnderTest {
  /** What the messages are that it is to deliver: e-mail, unless said otherwise. */
  readonly channel?: Message['channel'];
  /** Whether it passes on text alone. */
  readonly isPlain?: boolean;
  /** One that has delivered nothing yet. */
  open(): Promise<OpenMessenger>;
  /** One whose messages are not accepted. */
  openRefusing(): Promise<Messenger>;
}

interface Words {
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
}

/** To the person of a number. */
type Write = (person: number, code: string, words?: Words) => Message;

const mailTo: Write = (person, code, { subject, html, text } = {}) => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  clientId: 'client',
  username: `user${person}`,
  to: `user${person}@example.com`,
  kind: 'SignUp',
  subject: subject ?? `Code for user${person}`,
  html: html ?? `<p>Your code is <b>${code}</b></p>`,
  text: text ?? `Your code is ${code}`,
  code,
});

const textTo: Write = (person, code, { text } = {}) => ({
  channel: 'SMS',
  poolId: 'us-east-1_A',
  username: `user${person}`,
  to: `+1206555${person}`,
  kind: 'SignUp',
  text: text ?? `Your code is ${code}`,
  code,
});

const byRecipient = (delivered: readonly Delivered[]): readonly Delivered[] =>
  delivered.toSorted((a, b) => (String(a.recipients) < String(b.recipients) ? -1 : 1));

export function messengerContract(name: string, under: MessengerUnderTest): void {
  const { channel = 'EMAIL', isPlain = false, open, openRefusing } = under;
  const write = channel === 'EMAIL' ? mailTo : textTo;
  const asDelivered = (message: Message): Delivered => ({
    recipients: [message.to],
    subject: message.channel === 'EMAIL' ? message.subject : undefined,
    html: message.channel === 'EMAIL' && !isPlain ? message.html : undefined,
    text: message.text,
  });

  describe(`${name} as a messenger`, () => {
    test('delivers all parts of a message, the code in each, to the recipient alone', async () => {
      const { messenger, delivered } = await open();
      const message = write(1001, '012345');
      await messenger.send(message);
      expect(await delivered()).toEqual([asDelivered(message)]);
    });

    test.each([
      ['letters of all scripts', 'Ваш код 012345 — 确认码 🦆'],
      ['lines that begin with a dot', 'First\n.\n..second\nlast'],
      ['lines longer than mail may have', `${'long '.repeat(300)}end`],
      ['what looks like markup, encoding or a placeholder', '<b>&amp;</b> =3D =?utf-8?Q?x?= {####} %s &a=b'],
    ])('keeps %s', async (_name, text) => {
      const { messenger, delivered } = await open();
      const message = write(1001, '012345', { html: `<pre>${text}</pre>`, text });
      await messenger.send(message);
      expect(await delivered()).toEqual([asDelivered(message)]);
    });

    if (channel === 'EMAIL') {
      test('keeps a subject in letters of all scripts', async () => {
        const { messenger, delivered } = await open();
        const message = write(1001, '012345', { subject: `Ваш код: 确认码 🦆 ${'и снова '.repeat(12)}012345` });
        await messenger.send(message);
        expect(await delivered()).toEqual([asDelivered(message)]);
      });
    }

    test('brings each of many that are sent at once to its own recipient', async () => {
      const { messenger, delivered } = await open();
      const messages = Array.from({ length: 60 }, (_, index) => write(1000 + index, String(100_000 + index)));
      await Promise.all(messages.map((message) => messenger.send(message)));
      expect(byRecipient(await delivered())).toEqual(messages.map(asDelivered));
    });

    test('has delivered a message, or handed it over for good, when it says so', async () => {
      const { messenger, delivered } = await open();
      for (const count of [1, 2, 3]) {
        await messenger.send(write(1000 + count, '012345'));
        expect(await delivered()).toHaveLength(count);
      }
    });

    test('rejects with DeliveryFailed, without recipient or code, what is not accepted', async () => {
      const messenger = await openRefusing();
      const message = write(1001, '012345');
      const failure: unknown = await messenger.send(message).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DeliveryFailed);
      for (const secret of [message.to, message.username, '012345']) expect(told(failure)).not.toContain(secret);
    });
  });
}

/** All that a log would say of an error. */
function told(error: unknown): string {
  return error instanceof Error ? `${error.stack} ${JSON.stringify(error)} ${told(error.cause)}` : String(error);
}
