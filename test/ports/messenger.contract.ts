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
  delivered(): readonly Delivered[];
}

export interface MessengerUnderTest {
  /** One that has delivered nothing yet. */
  open(): Promise<OpenMessenger>;
  /** One whose messages are not accepted. */
  openRefusing(): Promise<Messenger>;
}

const mailTo = (name: string, code: string): Message => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  clientId: 'client',
  username: name,
  to: `${name}@example.com`,
  kind: 'SignUp',
  subject: `Code for ${name}`,
  html: `<p>Your code is <b>${code}</b></p>`,
  text: `Your code is ${code}`,
  code,
});

const asDelivered = ({ to, subject, html, text }: Message): Delivered => ({ recipients: [to], subject, html, text });

const byRecipient = (delivered: readonly Delivered[]): readonly Delivered[] =>
  delivered.toSorted((a, b) => (String(a.recipients) < String(b.recipients) ? -1 : 1));

export function messengerContract(name: string, { open, openRefusing }: MessengerUnderTest): void {
  describe(`${name} as a messenger`, () => {
    test('delivers subject, HTML and text, the code in both, to the recipient alone', async () => {
      const { messenger, delivered } = await open();
      const message = mailTo('ada', '012345');
      await messenger.send(message);
      expect(delivered()).toEqual([asDelivered(message)]);
    });

    test.each([
      ['letters of all scripts', 'Ваш код 012345 — 确认码 🦆'],
      ['lines that begin with a dot', 'First\n.\n..second\nlast'],
      ['lines longer than mail may have', `${'long '.repeat(400)}end`],
      ['what looks like markup, encoding or a placeholder', '<b>&amp;</b> =3D =?utf-8?Q?x?= {####} %s'],
    ])('keeps %s', async (_name, text) => {
      const { messenger, delivered } = await open();
      const message = { ...mailTo('ada', '012345'), html: `<pre>${text}</pre>`, text };
      await messenger.send(message);
      expect(delivered()).toEqual([asDelivered(message)]);
    });

    test('keeps a subject in letters of all scripts', async () => {
      const { messenger, delivered } = await open();
      const message = { ...mailTo('ada', '012345'), subject: `Ваш код: 确认码 🦆 ${'и снова '.repeat(12)}012345` };
      await messenger.send(message);
      expect(delivered()).toEqual([asDelivered(message)]);
    });

    test('brings each of many that are sent at once to its own recipient', async () => {
      const { messenger, delivered } = await open();
      const messages = Array.from({ length: 60 }, (_, index) => mailTo(`user${100 + index}`, String(100_000 + index)));
      await Promise.all(messages.map((message) => messenger.send(message)));
      expect(byRecipient(delivered())).toEqual(messages.map(asDelivered));
    });

    test('has delivered a message, or handed it over for good, when it says so', async () => {
      const { messenger, delivered } = await open();
      for (const [index, person] of ['ada', 'bob', 'eve'].entries()) {
        await messenger.send(mailTo(person, '012345'));
        expect(delivered()).toHaveLength(index + 1);
      }
    });

    test('rejects with DeliveryFailed, without recipient or code, what is not accepted', async () => {
      const messenger = await openRefusing();
      const failure: unknown = await messenger.send(mailTo('ada', '012345')).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DeliveryFailed);
      expect(String(failure)).not.toMatch(/ada|012345/);
    });
  });
}
