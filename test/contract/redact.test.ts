/** What of an input may be logged. */
import { describe, expect, test } from 'vitest';
import { AdminInitiateAuth } from '../../lambdas/auth/operations/AdminInitiateAuth.ts';
import { redact } from '../../lambdas/core/contract/redact.ts';
import { s } from '../../lambdas/core/contract/shape.ts';

describe('redact', () => {
  test('keeps what tells requests apart, and drops what signs people in (pools-and-users 5)', () => {
    const input = {
      UserPoolId: 'us-east-1_abcdefghi',
      ClientId: '1example23456789',
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: 'hunter2' },
      ClientMetadata: { token: 'hunter2' },
      UnknownMember: 'hunter2',
    };
    expect(redact(AdminInitiateAuth.input, input)).toEqual({
      UserPoolId: 'us-east-1_abcdefghi',
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    });
  });

  test('drops secrets at every depth, and leaves what is around them', () => {
    const shape = s.structure({ All: s.list(s.structure({ Name: s.string(), Value: s.secret(s.string()) })) });
    expect(redact(shape, { All: [{ Name: 'email', Value: 'ada@example.com' }] })).toEqual({ All: [{ Name: 'email' }] });
  });

  test('drops maps, bytes and free JSON, in which anything may be', () => {
    const shape = s.structure({ A: s.map(s.string(), s.string()), B: s.blob(), C: s.document(), D: s.timestamp() });
    expect(redact(shape, { A: { a: 'b' }, B: new Uint8Array(1), C: 'c', D: 5 })).toEqual({ D: 5 });
  });

  test('drops what is not of the type that the shape has, because nobody has looked at it', () => {
    const shape = s.structure({
      A: s.string(),
      B: s.integer(),
      C: s.boolean(),
      D: s.list(s.string()),
      E: s.structure({}),
    });
    expect(redact(shape, { A: 1, B: 'b', C: {}, D: 'd', E: 'e' })).toEqual({});
    expect(redact(shape, 'text')).toBeUndefined();
    expect(redact(shape, null)).toBeUndefined();
  });

  test('has nothing to say of a value that is secret as a whole', () => {
    expect(redact(s.secret(s.structure({ A: s.string() })), { A: 'a' })).toBeUndefined();
  });
});
