/** The resolver of templates, which the run of the synthesised app rests on. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has placeholders of its own.
import { describe, expect, test } from 'vitest';
import type { Template } from '../support/cloud/assembly.ts';
import { type Cloud, type Place, resolveAssembly } from '../support/cloud/template.ts';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:Origin';

const place: Place = {
  account: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
  identify: ({ logicalId, type }) => {
    if (type === 'Test::Secret') return { ref: secretArn, attributes: {} };
    return { ref: `ref-${logicalId}`, attributes: { Arn: `arn:of:${logicalId}`, 'Inner.Name': 'inner' } };
  },
  secret: (arn) => (arn === secretArn ? '{"key":"hidden"}' : 'of another one'),
  rename: (text) => text.replaceAll('pools.example.com', 'localhost:1'),
};

const cloudOf = (...templates: readonly Template[]): Cloud =>
  resolveAssembly(
    {
      stacks: templates.map((template, index) => ({ name: `Stack${index}`, region: undefined, template })),
      assetFolders: new Map(),
    },
    place,
  );

const resolved = (value: unknown, ...others: readonly Template[]): unknown => {
  const Resources = {
    Subject: { Type: 'Test::Subject', Properties: { value } },
    Other: { Type: 'Test::Other' },
    Secret: { Type: 'Test::Secret' },
  };
  const Mappings = { Sizes: { small: { width: '1' } } };
  const [first] = cloudOf({ Resources, Mappings }, ...others).ofType('Test::Subject');
  return first?.properties['value'];
};

describe('A template', () => {
  test.each([
    [{ Ref: 'Other' }, 'ref-Other'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ 'Fn::GetAtt': ['Other', 'Arn'] }, 'arn:of:Other'],
    [{ 'Fn::GetAtt': ['Other', 'Inner.Name'] }, 'inner'],
    [{ 'Fn::GetAtt': 'Other.Inner.Name' }, 'inner'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Other' }, { Ref: 'AWS::AccountId' }]] }, 'a-ref-Other-111122223333'],
    [{ 'Fn::Select': [2, { 'Fn::Split': ['/', 'https://host/path'] }] }, 'host'],
    [{ 'Fn::Sub': 'x-${Other}-${Other.Arn}-${!Kept}-${AWS::Partition}' }, 'x-ref-Other-arn:of:Other-${Kept}-aws'],
    [{ 'Fn::Sub': ['${a}', { a: { Ref: 'Other' } }] }, 'ref-Other'],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'width'] }, '1'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    ['https://pools.example.com/', 'https://localhost:1/'],
  ])('resolves %j', (value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test('resolves references to secrets, also when they are joined from parts', () => {
    const whole = ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:key::}}'];
    expect(resolved({ 'Fn::Join': ['', whole] })).toBe('hidden');
    expect(resolved(`{{resolve:secretsmanager:${secretArn}:SecretString:::}}`)).toBe('{"key":"hidden"}');
  });

  test('reads what other stacks export and put out', () => {
    const other: Template = {
      Resources: { Table: { Type: 'Test::Table' } },
      Outputs: { Name: { Value: { Ref: 'Table' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Name' } } } },
    };
    expect(resolved({ 'Fn::ImportValue': 'Stack1:Name' }, other)).toBe('ref-Table');
    expect(resolved({ 'Fn::GetStackOutput': { StackName: 'Stack1', OutputName: 'Name' } }, other)).toBe('ref-Table');
  });

  test.each([
    [{ Ref: 'Nobody' }],
    [{ 'Fn::GetAtt': ['Other', 'Nothing'] }],
    [{ 'Fn::GetAtt': ['Nobody', 'Arn'] }],
    [{ 'Fn::Transform': { Name: 'x' } }],
    [{ 'Fn::If': ['Condition', 'a', 'b'] }],
    [{ 'Fn::ImportValue': 'nothing' }],
    [{ 'Fn::GetStackOutput': { StackName: 'Nobody', OutputName: 'Name' } }],
    [{ 'Fn::Select': [5, ['a']] }],
    [{ 'Fn::Join': ['', { Ref: 'Other' }] }],
    ['{{resolve:ssm:/parameter}}'],
    ['{{resolve:secretsmanager:name:SecretString}}'],
  ])('is refused where it says %j', (value) => {
    expect(() => resolved(value)).toThrow();
  });

  test('is refused where a resource depends on a condition', () => {
    expect(() => cloudOf({ Resources: { A: { Type: 'Test::A', Condition: 'C' } } })).toThrow('condition C');
  });
});
