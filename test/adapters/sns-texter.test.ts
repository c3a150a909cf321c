/** Texts through SNS, as SNS receives them. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { snsTexter } from '../../lambdas/adapters/sns/sns-texter.ts';
import { DeliveryFailed, type TextMessage, type TextSender } from '../../lambdas/core/ports/messenger.ts';
import type { TextBudget } from '../../lambdas/core/ports/text-budget.ts';
import { callerId, openSmallSns } from '../support/open-small-services.ts';
import type { SmallServiceOptions } from '../support/small-message-service.ts';
import type { SnsFault } from '../support/small-sns.ts';

const aText = (changes: Partial<TextMessage> = {}): TextMessage => ({
  channel: 'SMS',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: '+12065550100',
  kind: 'SignUp',
  text: '012345 is your code.',
  code: '012345',
  ...changes,
});

async function aTexter(options?: SmallServiceOptions, budget: Awaited<ReturnType<TextBudget['take']>> = 'taken') {
  const sns = await openSmallSns(options);
  const asked: string[] = [];
  const take: TextBudget['take'] = async ({ poolId, to }) => {
    asked.push(`${poolId} ${to}`);
    return budget;
  };
  return { sns, asked, messenger: snsTexter({ budget: { take } }) };
}

const transactional = { 'AWS.SNS.SMS.SMSType': 'Transactional' };

describe('A text through SNS', () => {
  test('goes to the number at once, as what cannot wait', async () => {
    const { sns, messenger } = await aTexter();
    await messenger.send(aText());
    expect(sns.taken).toEqual([
      { region: 'us-east-1', phoneNumber: '+12065550100', message: '012345 is your code.', attributes: transactional },
    ]);
  });

  test.each<[string, TextSender, Readonly<Record<string, string>>]>([
    ['a name', { origination: 'SHOP-1' }, { 'AWS.SNS.SMS.SenderID': 'SHOP-1' }],
    ['a number', { origination: '+12065550199' }, { 'AWS.MM.SMS.OriginationNumber': '+12065550199' }],
    ['a short number', { origination: '12345' }, { 'AWS.MM.SMS.OriginationNumber': '12345' }],
    ['an ARN, which SNS does not know', { origination: 'arn:aws:sms-voice:us-east-1:123456789012:pool/a' }, {}],
    ['nothing', { origination: '', entityId: '' }, {}],
    [
      'registered texts',
      { entityId: '1701', templateId: '1107' },
      { 'AWS.MM.SMS.EntityId': '1701', 'AWS.MM.SMS.TemplateId': '1107' },
    ],
  ])('is sent as the pool asks for it: %s', async (_what, sender, attributes) => {
    const { sns, messenger } = await aTexter();
    await messenger.send(aText({ sender }));
    expect(sns.taken[0]?.attributes).toEqual({ ...transactional, ...attributes });
  });

  test('is sent in the region of the pool’s settings (triggers-and-messages 36)', async () => {
    const { sns, messenger } = await aTexter();
    await messenger.send(aText({ sender: { region: 'eu-west-1' } }));
    await messenger.send(aText());
    expect(sns.taken.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
  });

  test.each([
    '12065550100',
    '+0206555010',
    '+',
    '+1206555010012345',
    '+12065550100,+12065550101',
    '+12065550100\n+12065550101',
    '+12065550100&TopicArn=arn:aws:sns:us-east-1:123456789012:all',
    'arn:aws:sns:us-east-1:123456789012:all',
    '+１２０６５５５０１００',
  ])('goes nowhere and uses up nothing when the number is %j', async (to) => {
    const { sns, asked, messenger } = await aTexter();
    const failure: unknown = await messenger.send(aText({ to })).catch((error: unknown) => error);
    expect(failure).toEqual(new DeliveryFailed('The text message is not addressed to a telephone number.'));
    expect([asked, sns.calls]).toEqual([[], []]);
  });

  test('goes nowhere through something that is not a region', async () => {
    const { sns, asked, messenger } = await aTexter();
    const hostile = aText({ sender: { region: 'evil.example/?' } });
    await expect(messenger.send(hostile)).rejects.toBeInstanceOf(DeliveryFailed);
    expect([asked, sns.calls]).toEqual([[], []]);
  });

  test('is counted for its number and pool before it is sent, and not sent when that was too much', async () => {
    const within = await aTexter();
    await within.messenger.send(aText());
    expect(within.asked).toEqual(['us-east-1_A +12065550100']);
    const beyond = await aTexter({}, 'spent');
    await expect(beyond.messenger.send(aText())).rejects.toBeInstanceOf(DeliveryFailed);
    expect(beyond.sns.calls).toEqual([]);
  });

  test.each<[SnsFault, string]>([
    ['OptedOut', '(OptedOutException 400)'],
    ['EndpointDisabled', '(EndpointDisabledException 400)'],
    ['KMSOptInRequired', '(KMSOptInRequired 403)'],
  ])(
    'that SNS refuses (%s) is a failed delivery that names no number (triggers-and-messages 37)',
    async (code, told) => {
      const { sns, messenger } = await aTexter();
      sns.fail(1, code);
      const failure: unknown = await messenger.send(aText()).catch((error: unknown) => error);
      expect(failure).toEqual(new DeliveryFailed(`SNS did not take the message ${told}.`));
      expect(failure).not.toHaveProperty('cause');
    },
  );

  test.each<SnsFault>(['Throttling', 'InternalError'])('is tried three times (%s)', async (code) => {
    // The client waits for a random while between its tries: for none.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    onTestFinished(() => void vi.restoreAllMocks());
    const { sns, asked, messenger } = await aTexter();
    sns.fail(2, code);
    await messenger.send(aText());
    sns.fail(3, code);
    await expect(messenger.send(aText())).rejects.toBeInstanceOf(DeliveryFailed);
    expect(sns.calls.map(({ outcome }) => outcome)).toEqual([code, code, 'ok', code, code, code]);
    expect(asked).toHaveLength(2);
  });

  test('that is too long for SNS is a failed delivery', async () => {
    const { messenger } = await aTexter();
    await messenger.send(aText({ text: 'я'.repeat(1600) }));
    await expect(messenger.send(aText({ text: 'x'.repeat(1601) }))).rejects.toThrow('(InvalidParameterException 400)');
  });

  test('asks for the right to publish, and is a failed delivery without it', async () => {
    const asked: unknown[] = [];
    const { messenger } = await aTexter({
      onCall(call) {
        asked.push(call);
        return asked.length > 1 ? 'denied' : undefined;
      },
    });
    await messenger.send(aText());
    await expect(messenger.send(aText())).rejects.toThrow(
      /^SNS did not take the message \(AuthorizationError\w* 403\)/,
    );
    expect(asked[0]).toEqual({ accessKeyId: callerId, action: 'sns:Publish', resource: '*' });
  });

  test('is nothing else', async () => {
    const { sns, messenger } = await aTexter();
    const mail = { ...aText({ to: 'ada@example.com' }), channel: 'EMAIL', subject: '', html: '' } as const;
    await expect(messenger.send(mail)).rejects.toBeInstanceOf(DeliveryFailed);
    expect(sns.calls).toEqual([]);
  });
});
