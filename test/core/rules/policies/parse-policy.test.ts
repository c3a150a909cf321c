/** Policy documents that are refused, and in which words. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { describe, expect, test } from 'vitest';
import { MalformedPolicy } from '../../../../lambdas/core/rules/policies/malformed-policy.ts';
import { parsePolicy } from '../../../../lambdas/core/rules/policies/parse-policy.ts';

const allow = { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' };
const one = (members: object) => ({ Version: '2012-10-17', Statement: [{ ...allow, ...members }] });
const when = (Condition: unknown) => one({ Condition });

function complaint(document: Readonly<Record<string, unknown>>): string {
  try {
    parsePolicy(document);
  } catch (error) {
    if (error instanceof MalformedPolicy) return error.message;
    throw error;
  }
  return 'none';
}

describe('A policy document', () => {
  test.each([
    ['of one statement', { Version: '2012-10-17', Statement: allow }],
    ['with everything in it', { Version: '2012-10-17', Id: 'a', Statement: [{ Sid: 'b', ...allow, Condition: {} }] }],
    ['without a version', { Statement: [allow] }],
    ['for other services as well', one({ Action: ['s3:Get*', 'cognito-idp:*'], Resource: ['arn:aws:s3:::b/*', '*'] })],
  ])('%s is understood', (_, document) => {
    expect(complaint(document)).toBe('none');
  });

  test.each([
    [{ ...one({}), Version: '2020-01-01' }, 'Version must be 2012-10-17 or 2008-10-17'],
    [{ ...one({}), version: 1 }, 'The document cannot have version, only Version, Id, Statement'],
    [{ Version: '2012-10-17' }, 'Statement must have at least one statement'],
    [{ Version: '2012-10-17', Statement: [] }, 'Statement must have at least one statement'],
    [{ Statement: ['x'] }, 'Statement[0] must be an object'],
    [{ Statement: [allow, null] }, 'Statement[1] must be an object'],
    [one({ Principal: '*' }), /^Statement\[0\] cannot have Principal, only Sid, Effect/],
    [one({ Effect: 'allow' }), 'Statement[0].Effect must be Allow or Deny'],
    [one({ Effect: undefined }), 'Statement[0].Effect must be Allow or Deny'],
    [one({ Action: undefined }), 'Statement[0] must have Action or NotAction'],
    [one({ NotAction: '*' }), 'Statement[0] must have Action or NotAction'],
    [one({ Resource: undefined }), 'Statement[0] must have Resource or NotResource'],
    [one({ NotResource: '*' }), 'Statement[0] must have Resource or NotResource'],
    [one({ Action: [] }), 'Statement[0].Action must not be empty'],
    [one({ Action: [7] }), 'Statement[0].Action must be a text or a list of texts'],
    [one({ Action: 'ListUsers' }), /^Statement\[0\]\.Action must have actions such as/],
    [one({ Action: 'cognito-idp:' }), /^Statement\[0\]\.Action must have actions such as/],
    [one({ Action: 'cognito-idp:${aws:username}' }), /^Statement\[0\]\.Action must have actions such as/],
    [one({ Resource: 'eu-west-1_AbCdEf' }), /^Statement\[0\]\.Resource must have ARNs of six parts/],
    [one({ Resource: 'arn:aws:cognito-idp:*' }), /^Statement\[0\]\.Resource must have ARNs of six parts/],
    [one({ Resource: '' }), /^Statement\[0\]\.Resource must have ARNs of six parts/],
    [
      one({ Resource: 'arn:aws:a:b:c:${aws:userid}' }),
      /^Statement\[0\]\.Resource must have ARNs .* variables that are known/,
    ],
    [one({ Resource: 'arn:aws:a:b:c:${aws:username' }), /^Statement\[0\]\.Resource must have ARNs/],
    [when('x'), 'Statement[0].Condition must have names and values'],
    [when({ StringEquals: 'x' }), 'Statement[0].Condition.StringEquals must have names and values'],
    [
      when({ StringEqual: { 'aws:username': 'ada' } }),
      'Statement[0].Condition has the operator StringEqual, which is none that is known here',
    ],
    [when({ toString: {} }), /has the operator toString, which is none/],
    [when({ NullIfExists: { 'aws:username': 'true' } }), /has the operator NullIfExists, which is none/],
    [when({ 'ForAnyValue:Null': { 'aws:TagKeys': 'true' } }), /has the operator ForAnyValue:Null, which is none/],
    [when({ 'ForSomeValues:StringEquals': { 'aws:TagKeys': 'a' } }), /has the operator ForSomeValues:StringEquals/],
    [
      when({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      'Statement[0].Condition.Bool asks for aws:MultiFactorAuthPresent, which no request has here',
    ],
    [when({ StringEquals: { 'aws:ResourceTag/': 'x' } }), /asks for aws:ResourceTag\/, which no request has/],
    [when({ StringEquals: { 'aws:username/x': 'x' } }), /asks for aws:username\/x, which no request has/],
    [when({ StringEquals: { 'aws:username': [] } }), /Condition\.StringEquals\.aws:username must not be empty/],
    [when({ StringEquals: { 'aws:username': {} } }), /aws:username must be a text or a list of texts/],
    [when({ StringEquals: { 'aws:username': '${aws:nobody}' } }), /aws:username has a variable that is not known here/],
    [when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } }), /aws:SourceIp must be an address or a range/],
    [when({ IpAddress: { 'aws:SourceIp': '${aws:username}' } }), /aws:SourceIp must be an address or a range/],
    [when({ DateLessThan: { 'aws:CurrentTime': 'tomorrow' } }), /aws:CurrentTime must be a time/],
    [
      when({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00' } }),
      /must be a time as in ISO 8601, with its offset/,
    ],
    [when({ NumericEquals: { 'aws:PrincipalTag/n': 'many' } }), /aws:PrincipalTag\/n must be a number/],
    [when({ Bool: { 'aws:SecureTransport': 'yes' } }), /aws:SecureTransport must be true or false/],
    [when({ ArnLike: { 'aws:PrincipalArn': 'ada' } }), /aws:PrincipalArn must be an ARN of six parts/],
    [one({ Sid: 'x'.repeat(30_000) }), 'The document must not be longer than 30000 characters'],
  ])('that reads %j is refused', (document, message) => {
    expect(complaint(document)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});
