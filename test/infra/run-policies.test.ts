/** The judge of least privilege: what policies allow, and what each call to DynamoDB needs. */
import { describe, expect, test } from 'vitest';
import { accessesOf } from '../support/cloud/dynamodb-access.ts';
import { holds } from '../support/cloud/iam-conditions.ts';
import { matchesArn, matchesGlob } from '../support/cloud/iam-patterns.ts';
import { decide, type Statement } from '../support/cloud/iam-policy.ts';

const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Pools';

const get = (...keys: readonly string[]) => ({
  action: 'dynamodb:GetItem',
  resource: table,
  context: { 'dynamodb:LeadingKeys': keys },
});

const ofPools: Statement = {
  Effect: 'Allow',
  Action: ['dynamodb:GetItem', 'dynamodb:Query'],
  Resource: table,
  Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['P#*', 'RING'] } },
};

describe('A policy', () => {
  test.each([
    ['allows what it names', [ofPools], get('P#a'), 'allowed'],
    ['allows several keys when all are covered', [ofPools], get('P#a', 'RING'), 'allowed'],
    ['does not allow one key that is not covered', [ofPools], get('P#a', 'U#a'), 'not allowed'],
    ['does not allow another action', [ofPools], { ...get('P#a'), action: 'dynamodb:PutItem' }, 'not allowed'],
    [
      'does not allow an index of its table',
      [ofPools],
      { ...get('P#a'), resource: `${table}/index/GSI1` },
      'not allowed',
    ],
    ['does not allow another table', [ofPools], { ...get('P#a'), resource: `${table}s` }, 'not allowed'],
    [
      'is overruled by a denial',
      [ofPools, { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }],
      get('P#a'),
      'denied',
    ],
    ['that is empty allows nothing', [], get('P#a'), 'not allowed'],
  ] as const)('%s', (_, statements, access, outcome) => {
    expect(decide(statements, access).outcome).toBe(outcome);
  });

  test('is refused where it names what it is not about', () => {
    const unclear: Statement = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' };
    expect(() => decide([unclear], get('P#a'))).toThrow('not about');
  });
});

describe('A condition', () => {
  const context = {
    'aws:SecureTransport': ['true'],
    'kms:EncryptionContext:app': ['millpond'],
    'aws:SourceArn': undefined,
  };
  test.each([
    [{ Bool: { 'aws:SecureTransport': 'false' } }, false],
    [{ Bool: { 'AWS:securetransport': 'true' } }, true],
    [{ StringEquals: { 'kms:EncryptionContext:app': 'millpond' } }, true],
    [{ StringEquals: { 'kms:EncryptionContext:app': ['other', 'millpond'] } }, true],
    [{ StringEquals: { 'kms:EncryptionContext:other': 'millpond' } }, false],
    [{ StringNotEquals: { 'kms:EncryptionContext:app': 'millpond' } }, false],
    [{ Null: { 'aws:SourceArn': 'true' } }, true],
    [{ Null: { 'aws:SecureTransport': 'true' } }, false],
    [{ StringEquals: { 'aws:SourceArn': 'x' } }, false],
    [{ StringEqualsIfExists: { 'aws:SourceArn': 'x' } }, true],
    [{ 'ForAllValues:StringLike': { 'aws:SourceArn': 'x' } }, true],
    [{ 'ForAnyValue:StringLike': { 'aws:SourceArn': 'x' } }, false],
  ])('%j holds: %s', (conditions, expected) => {
    expect(holds(conditions as Parameters<typeof holds>[0], context)).toBe(expected);
  });

  test.each([
    [{ StringEqualz: { 'aws:SecureTransport': 'true' } }, 'Unknown condition operator'],
    [{ StringEquals: { 'aws:Unheard': 'true' } }, 'nothing is known of'],
  ])('%j is refused', (conditions, message) => {
    expect(() => holds(conditions as Parameters<typeof holds>[0], context)).toThrow(message);
  });
});

describe('Patterns', () => {
  test('stand for text as IAM has them', () => {
    expect(matchesGlob('P#*#u', 'P#eu-west-1_a#u')).toBe(true);
    expect(matchesGlob('P#*#u', 'P#a#ux')).toBe(false);
    expect(matchesGlob('a.c', 'abc')).toBe(false);
    expect(matchesGlob('a?c', 'abc')).toBe(true);
    expect(matchesGlob('dynamodb:getitem', 'dynamodb:GetItem')).toBe(false);
    expect(matchesGlob('dynamodb:getitem', 'dynamodb:GetItem', { ignoreCase: true })).toBe(true);
  });

  test('of ARNs stay within their part', () => {
    expect(matchesArn('arn:aws:sns:*:*:*', 'arn:aws:sns:eu-west-1:111122223333:topic:1')).toBe(true);
    expect(matchesArn('arn:aws:sns:*:*:*', '*')).toBe(false);
    expect(matchesArn('arn:aws:*:table', 'arn:aws:dynamodb:eu-west-1:111122223333:table')).toBe(false);
  });
});

describe('A request to DynamoDB', () => {
  const info = { name: 'Pools', arn: table, table: 'PK', indexes: { GSI1: 'g1p' } };
  const needs = (name: string, input: object) =>
    accessesOf(name, input, () => info).map(({ action, resource, context }) => [
      action,
      resource.slice(table.length),
      context['dynamodb:LeadingKeys'],
    ]);
  const key = (PK: string) => ({ PK: { S: PK }, SK: { S: '@' } });

  test('needs the right to its action and its key', () => {
    expect(needs('GetItem', { TableName: 'Pools', Key: key('P#a') })).toEqual([['dynamodb:GetItem', '', ['P#a']]]);
    expect(needs('PutItem', { TableName: 'Pools', Item: { ...key('X#b'), ttl: { N: '1' } } })).toEqual([
      ['dynamodb:PutItem', '', ['X#b']],
    ]);
  });

  test('needs the right to the partition that a query is about, of the table or an index', () => {
    const query = {
      TableName: 'Pools',
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :sk)',
      ExpressionAttributeNames: { '#pk': 'PK', '#sk': 'SK' },
      ExpressionAttributeValues: { ':pk': { S: 'U#a' }, ':sk': { S: '@' } },
    };
    expect(needs('Query', query)).toEqual([['dynamodb:Query', '', ['U#a']]]);
    const names = { '#pk': 'g1p', '#sk': 'g1s' };
    expect(needs('Query', { ...query, IndexName: 'GSI1', ExpressionAttributeNames: names })).toEqual([
      ['dynamodb:Query', '/index/GSI1', ['U#a']],
    ]);
    expect(() => needs('Query', { ...query, ExpressionAttributeNames: names })).toThrow('names no partition');
  });

  test('needs the right to every part of a transaction', () => {
    const TransactItems = [
      { Put: { TableName: 'Pools', Item: key('P#a') } },
      { Update: { TableName: 'Pools', Key: key('P#b') } },
      { Delete: { TableName: 'Pools', Key: key('P#c') } },
      { ConditionCheck: { TableName: 'Pools', Key: key('P#d') } },
    ];
    expect(needs('TransactWriteItems', { TransactItems })).toEqual([
      ['dynamodb:PutItem', '', ['P#a']],
      ['dynamodb:UpdateItem', '', ['P#b']],
      ['dynamodb:DeleteItem', '', ['P#c']],
      ['dynamodb:ConditionCheckItem', '', ['P#d']],
    ]);
  });

  test('needs the right to every key of a batch', () => {
    const keys = { RequestItems: { Pools: { Keys: [key('P#a'), key('U#b')] } } };
    expect(needs('BatchGetItem', keys)).toEqual([['dynamodb:BatchGetItem', '', ['P#a', 'U#b']]]);
    const writes = [{ PutRequest: { Item: key('P#a') } }, { DeleteRequest: { Key: key('U#b') } }];
    expect(needs('BatchWriteItem', { RequestItems: { Pools: writes } })).toEqual([
      ['dynamodb:BatchWriteItem', '', ['P#a', 'U#b']],
    ]);
  });

  test('is refused when nobody knows what it needs', () => {
    expect(() => needs('ExecuteStatement', { Statement: 'SELECT' })).toThrow('ExecuteStatement');
  });
});
