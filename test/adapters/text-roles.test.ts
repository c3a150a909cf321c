/** Texts that are sent with the role of their pool, as STS, SNS and End User Messaging receive them. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { awsMessenger } from '../../lambdas/adapters/aws-messenger.ts';
import { DeliveryFailed, type TextMessage, type TextSender } from '../../lambdas/core/ports/messenger.ts';
import { callerId, openSmallEums, openSmallSns, openSmallSts } from '../support/open-small-services.ts';
import { recordingMessenger } from '../support/recording-messenger.ts';
import type { SmallServiceOptions } from '../support/small-message-service.ts';

const aText = (sender?: TextSender, changes: Partial<TextMessage> = {}): TextMessage => ({
  channel: 'SMS',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: '+12065550100',
  kind: 'SignUp',
  text: '012345 is your code.',
  code: '012345',
  ...(sender && { sender }),
  ...changes,
});

const roleArn = 'arn:aws:iam::123456789012:role/service-role/texts';
const role = { arn: roleArn, externalId: 'pool-1' };

async function aPlace(options: SmallServiceOptions = {}) {
  const sts = await openSmallSts();
  const sns = await openSmallSns(options);
  const eums = await openSmallEums(options);
  sts.roles.set(roleArn, { externalId: 'pool-1' });
  const texts = { sms: 'sns', account: '123456789012', outbox: recordingMessenger() } as const;
  const budget = { take: vi.fn(async () => 'taken' as const) };
  const messenger = awsMessenger({ ...texts, budget, rolesIn: 'us-east-1' });
  const plain = awsMessenger({ ...texts, budget });
  const failure = (message: TextMessage): Promise<unknown> => messenger.send(message).catch((error: unknown) => error);
  return { sts, sns, eums, budget, messenger, plain, failure };
}

describe('A text of a pool with a role of its own (triggers-and-messages 36)', () => {
  test('is published by that role, which is taken on with the id of the pool and for nothing else', async () => {
    const { sts, sns, messenger } = await aPlace();
    await messenger.send(aText({ role, region: 'eu-west-1' }));
    expect(sts.given).toEqual([
      {
        region: 'us-east-1',
        roleArn,
        externalId: 'pool-1',
        sessionName: 'millpond-texts',
        seconds: 900,
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }],
        },
        accessKeyId: expect.any(String),
      },
    ]);
    expect(sts.calls).toEqual([{ accessKeyId: callerId, action: 'sts:AssumeRole', resource: roleArn, outcome: 'ok' }]);
    expect(sns.taken).toMatchObject([{ region: 'eu-west-1', phoneNumber: '+12065550100' }]);
    expect(sns.calls).toMatchObject([{ accessKeyId: sts.given[0]?.accessKeyId, outcome: 'ok' }]);
  });

  test('goes through End User Messaging where the pool is set up for that', async () => {
    const { sts, sns, eums, messenger } = await aPlace();
    const asked: TextSender = {
      service: 'EUMS',
      role,
      region: 'us-east-1',
      origination: 'arn:aws:sms-voice:us-east-1:123456789012:pool/pool-1',
      configurationSet: 'own',
      entityId: '1701',
      templateId: '1107',
    };
    await messenger.send(aText(asked));
    await messenger.send(aText({ service: 'EUMS', role }));
    const least = {
      DestinationPhoneNumber: '+12065550100',
      MessageBody: '012345 is your code.',
      MessageType: 'TRANSACTIONAL',
    };
    expect(eums.taken).toEqual([
      {
        region: 'us-east-1',
        input: {
          ...least,
          OriginationIdentity: asked.origination,
          ConfigurationSetName: 'own',
          DestinationCountryParameters: { IN_ENTITY_ID: '1701', IN_TEMPLATE_ID: '1107' },
        },
      },
      { region: 'us-east-1', input: least },
    ]);
    expect(sns.calls).toEqual([]);
    const { accessKeyId, policy } = sts.given[0] ?? {};
    expect(eums.calls[0]).toMatchObject({ accessKeyId, action: 'sms-voice:SendTextMessage' });
    expect(policy).toMatchObject({ Statement: [{ Effect: 'Allow', Action: 'sms-voice:SendTextMessage' }] });
  });

  test('takes a role on once for many texts, and never with the id of another pool', async () => {
    const { sts, sns, messenger, failure } = await aPlace();
    for (let sent = 0; sent < 3; sent++) await messenger.send(aText({ role }));
    expect(sts.given).toHaveLength(1);
    // Who knows the role and not its id gets none of the credentials that are there already.
    for (const externalId of ['pool-2', undefined]) {
      expect(await failure(aText({ role: { arn: roleArn, externalId } }))).toMatchObject({ obstacle: 'role' });
    }
    expect(sns.taken).toHaveLength(3);
  });

  test('is sent with the rights of the function where roles are not taken on, and where the pool names none', async () => {
    const { sts, sns, eums, messenger, plain } = await aPlace();
    await plain.send(aText({ role }));
    await plain.send(aText({ role, service: 'EUMS', origination: 'SHOP' }));
    await messenger.send(aText({ region: 'eu-west-1' }));
    await messenger.send(aText());
    expect(sns.calls.map(({ accessKeyId }) => accessKeyId)).toEqual(Array(4).fill(callerId));
    expect(sns.taken[1]?.attributes).toMatchObject({ 'AWS.SNS.SMS.SenderID': 'SHOP' });
    expect([sts.calls, eums.calls]).toEqual([[], []]);
  });
});

describe('A text that its way is closed to (triggers-and-messages 36, 37)', () => {
  test.each<[string, string]>([
    ['does not trust the service', 'arn:aws:iam::123456789012:role/other'],
    ['is a user', 'arn:aws:iam::123456789012:user/ada'],
    ['is no role at all', 'arn:aws:sns:us-east-1:123456789012:all'],
    ['hides a second one', `${roleArn}\n${roleArn}`],
  ])('because the role %s', async (_what, arn) => {
    const { sns, failure } = await aPlace();
    const failed = await failure(aText({ role: { arn, externalId: 'pool-1' } }));
    expect(failed).toBeInstanceOf(DeliveryFailed);
    expect(failed).toMatchObject({ obstacle: 'role' });
    expect(String(failed)).not.toMatch(/ada|012345|2065550100|role\//);
    expect(sns.calls).toEqual([]);
  });

  test.each<TextSender>([{ role }, { role, service: 'EUMS' }, {}])('because nobody may send by %j', async (sender) => {
    const { failure } = await aPlace({ onCall: () => 'denied' });
    const failed = await failure(aText(sender));
    expect(failed).toMatchObject({ name: 'DeliveryFailed', obstacle: 'permission' });
    expect(String(failed)).toMatch(/did not take the message \((?:AuthorizationError|AccessDenied)\w* 40[03]\)\.$/);
  });

  test('is told apart from one that was not taken, or that nobody answered to', async () => {
    // The clients wait for a random while between their tries: for none.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    onTestFinished(() => void vi.restoreAllMocks());
    const { sts, eums, failure } = await aPlace();
    sts.fail(3);
    expect(await failure(aText({ role, service: 'EUMS' }))).toEqual(
      new DeliveryFailed('The role of the pool could not be taken on (InternalFailure 500).'),
    );
    for (const name of ['ConflictException', 'ServiceQuotaExceededException'] as const) {
      eums.fail(1, name);
      expect(await failure(aText({ role, service: 'EUMS' }))).toEqual(
        new DeliveryFailed(`End User Messaging did not take the message (${name} 400).`),
      );
    }
    eums.fail(2, 'ThrottlingException');
    expect(await failure(aText({ role, service: 'EUMS' }))).toBeUndefined();
    eums.hangUp(3);
    expect(await failure(aText({ role, service: 'EUMS' }))).toMatchObject({ obstacle: undefined });
  });

  test.each(['12065550100', '+12065550100,+12065550101', '+1\n', ''])('because %j is no number', async (to) => {
    const { sts, eums, budget, failure } = await aPlace();
    expect(await failure(aText({ role, service: 'EUMS' }, { to }))).toBeInstanceOf(DeliveryFailed);
    expect([sts.calls, eums.calls]).toEqual([[], []]);
    expect(budget.take).not.toHaveBeenCalled();
  });

  test('because too many were sent', async () => {
    const { eums, budget, failure } = await aPlace();
    budget.take.mockResolvedValueOnce('spent' as never);
    expect(await failure(aText({ role, service: 'EUMS' }))).toBeInstanceOf(DeliveryFailed);
    expect(eums.calls).toEqual([]);
  });

  test.each(['evil.example/?', 'us-east-1.evil-1', 'evil'])('because %j is no region', async (region) => {
    const { sts, sns, eums, failure } = await aPlace();
    for (const service of ['EUMS', undefined] as const) {
      expect(await failure(aText({ role, service, region }))).toBeInstanceOf(DeliveryFailed);
    }
    expect([sts.calls, sns.calls, eums.calls]).toEqual([[], [], []]);
  });
});
