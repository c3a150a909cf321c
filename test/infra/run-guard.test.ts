/** Who may call and be called in the run of the synthesised app: roles, policies of resources, permissions of functions. */
import { describe, expect, test } from 'vitest';
import type { CloudFunction } from '../support/cloud/function.ts';
import { guardOf } from '../support/cloud/guard.ts';
import type { Statement } from '../support/cloud/iam-policy.ts';
import { invokerOf } from '../support/cloud/invoker.ts';
import { fireSchedules } from '../support/cloud/schedule.ts';
import type { Cloud, Resource } from '../support/cloud/template.ts';

const account = '111122223333';
const arn = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:${account}:${name}`;
const roleArn = `arn:aws:iam::${account}:role/Room`;
const keyArn = arn('kms', 'key/1');
const queueArn = arn('sqs', 'Jobs');
const ruleArn = arn('events', 'rule/Tick');
const functionArn = arn('lambda', 'function:Room');

const resource = (type: string, properties: object, ref: string, itsArn = ref): Resource => ({
  stack: 'S',
  logicalId: ref,
  type,
  properties: { ...properties },
  identity: { ref, attributes: { Arn: itsArn } },
});

function cloudOf(...all: readonly Resource[]): Cloud {
  const place = { account, region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' };
  // The parts that are asked for.
  return { place, ofType: (type: string) => all.filter((one) => one.type === type) } as unknown as Cloud;
}

const assumedBy = (Service: string) => ({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }],
});

const role = (...statements: readonly Statement[]): readonly Resource[] => [
  resource('AWS::IAM::Role', { AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com') }, 'Room', roleArn),
  resource('AWS::IAM::Policy', { Roles: ['Room'], PolicyDocument: { Statement: statements } }, 'Policy'),
];

const key = (...statements: readonly object[]): Resource =>
  resource('AWS::KMS::Key', { KeyPolicy: { Statement: statements } }, '1', keyArn);

const toAccount = {
  Effect: 'Allow',
  Action: 'kms:*',
  Resource: '*',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
};
const maySign: Statement = { Effect: 'Allow', Action: 'kms:Sign', Resource: keyArn };
const sign = { action: 'kms:Sign', resource: keyArn, context: { 'aws:SecureTransport': ['true'] } };
const caller = { accessKeyId: 'k', room: 'room', roleArn };

describe('The guard', () => {
  test('lets a function do what its role and the key allow, and remembers which rights were used', () => {
    const rights: Statement = { Effect: 'Allow', Action: ['kms:Sign', 'kms:GetPublicKey'], Resource: keyArn };
    const guard = guardOf(cloudOf(...role(rights), key(toAccount)), [caller]);
    expect(guard.unusedGrants()).toEqual(['room kms:GetPublicKey', 'room kms:Sign']);
    expect(guard.permits('k', [sign])).toBe(true);
    expect(guard.unusedGrants()).toEqual(['room kms:GetPublicKey']);
    expect(guard.refusals).toEqual([]);
  });

  test.each([
    ['no role allows', [], [toAccount], 'not allowed by the role'],
    ['the key leaves to nobody', [maySign], [], 'not allowed by the key'],
    [
      'the key leaves to another account',
      [maySign],
      [{ ...toAccount, Principal: { AWS: '999999999999' } }],
      'not allowed by the key',
    ],
    [
      'the key denies',
      [maySign],
      [toAccount, { ...toAccount, Effect: 'Deny', Principal: '*' }],
      'denied by the resource',
    ],
    ['the role denies', [maySign, { ...maySign, Effect: 'Deny' as const }], [toAccount], 'denied by the role'],
  ])('refuses what %s, and says why', (_, statements, policy, reason) => {
    const guard = guardOf(cloudOf(...role(...statements), key(...policy)), [caller]);
    expect(guard.permits('k', [sign])).toBe(false);
    expect(guard.refusals).toMatchObject([{ room: 'room', action: 'kms:Sign', resource: keyArn, reason }]);
  });

  test('takes a key of no template for one whose owner lets the account in', () => {
    const guard = guardOf(cloudOf(...role(maySign)), [caller]);
    expect(guard.permits('k', [sign])).toBe(true);
  });

  test('hands refusals over to a test that has asked for them', () => {
    const guard = guardOf(cloudOf(...role()), [caller]);
    guard.permits('k', [sign]);
    expect(guard.takeRefusals()).toMatchObject([{ action: 'kms:Sign' }]);
    expect(guard.refusals).toEqual([]);
  });

  test('refuses to guess: unknown callers, rights that no template shows, roles of another service', () => {
    const cloud = cloudOf(...role(maySign));
    expect(() => guardOf(cloud, [caller]).permits('other', [sign])).toThrow('No function signs with other');
    const managed = resource(
      'AWS::IAM::Role',
      { AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com'), ManagedPolicyArns: ['arn:aws:iam::aws:policy/X'] },
      'Room',
      roleArn,
    );
    expect(() => guardOf(cloudOf(managed), [caller])).toThrow('rights that no template shows');
    const other = resource(
      'AWS::IAM::Role',
      { AssumeRolePolicyDocument: assumedBy('ec2.amazonaws.com') },
      'Room',
      roleArn,
    );
    expect(() => guardOf(cloudOf(other), [caller])).toThrow('Lambda may not be the role');
  });
});

describe('The invoker', () => {
  const source = 'arn:aws:execute-api:eu-west-1:111122223333:abc';
  const permission = (changes: object = {}) =>
    resource(
      'AWS::Lambda::Permission',
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `${source}/*`,
        ...changes,
      },
      'Permission',
    );
  const fn = { arn: functionArn, room: 'room' } as CloudFunction;
  const find = (...all: readonly Resource[]) =>
    invokerOf(cloudOf(resource('AWS::Lambda::Function', {}, 'Room', functionArn), ...all), [fn]).find(
      `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      'apigateway.amazonaws.com',
      `${source}/$default/POST/`,
    );

  test('finds a function that the gateway may invoke', () => {
    expect(find(permission())).toBe(fn);
    expect(find(permission({ FunctionName: 'Room' }))).toBe(fn);
  });

  test.each([
    ['there is no permission', []],
    ['it is for another API', [permission({ SourceArn: `${source}d/*` })]],
    ['it is for another service', [permission({ Principal: 'events.amazonaws.com' })]],
    ['it is for another function', [permission({ FunctionName: 'Other' })]],
    ['it is for everybody', [permission({ SourceArn: undefined })]],
  ])('refuses when %s', (_, all) => {
    expect(() => find(...all)).toThrow('may not invoke room');
  });
});

describe('The clock of the platform', () => {
  const rule = (changes: object = {}) =>
    resource(
      'AWS::Events::Rule',
      {
        ScheduleExpression: 'rate(5 minutes)',
        State: 'ENABLED',
        Targets: [{ Arn: queueArn, Input: '{"tick":true}' }],
        ...changes,
      },
      'Tick',
      ruleArn,
    );
  const letsIn = (SourceArn: string) => [
    resource('AWS::SQS::Queue', {}, 'url', queueArn),
    resource(
      'AWS::SQS::QueuePolicy',
      {
        Queues: ['url'],
        PolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Resource: queueArn,
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': SourceArn } },
          },
        },
      },
      'QueuePolicy',
    ),
  ];
  async function fired(...all: readonly Resource[]): Promise<readonly string[]> {
    const sent: string[] = [];
    const invoker = invokerOf(cloudOf(), []);
    await fireSchedules(cloudOf(...all), { invoker, queues: { put: (_, body) => void sent.push(body) } });
    return sent;
  }

  test('sends what a rule says to the queue that lets it in', async () => {
    expect(await fired(rule(), ...letsIn(ruleArn))).toEqual(['{"tick":true}']);
    expect(await fired(rule({ State: 'DISABLED' }), ...letsIn(ruleArn))).toEqual([]);
  });

  test('is refused by a queue that lets in another rule, and has nothing to do without rules', async () => {
    await expect(fired(rule(), ...letsIn(`${ruleArn}s`))).rejects.toThrow('may not send to');
    await expect(fired()).rejects.toThrow('no schedule');
  });
});
