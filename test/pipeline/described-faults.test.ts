/** What of a fault reaches the log, and what not. */
import { describe, expect, test } from 'vitest';
import { s } from '../../lambdas/core/contract/shape.ts';
import { describeFault } from '../../lambdas/core/pipeline/describe-fault.ts';
import { hiddenTexts } from '../../lambdas/core/pipeline/hidden-texts.ts';
import { AdminSetUserPassword } from '../../lambdas/users/operations/AdminSetUserPassword.ts';
import { storelessEntry, withHandle } from '../support/entries.ts';
import { inProcess, jsonHeaders, signature } from '../support/wire.ts';

function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

describe('The description of a fault', () => {
  test('leaves out the texts that are to be hidden, in message, stack and causes', () => {
    const cause = new Error('the cause saw hunter22 as well');
    const described = describeFault(new Error('could not store hunter22-and-more', { cause }), [
      'hunter22',
      'hunter22-and-more',
    ]);

    expect(described).toMatchObject({ message: 'could not store …', cause: { message: 'the cause saw … as well' } });
    expect(described.stack).toContain('described-faults.test.ts');
    expect(JSON.stringify(described)).not.toContain('hunter');
  });

  test.each([
    ['what JSON.parse could not read', () => JSON.parse('{"Password":hunter22}'), 'hunter22'],
    ['an argument that Node.js refuses', () => Buffer.from('ab', 'hunter22' as BufferEncoding), undefined],
    ['the value of such an argument', () => new URL('hunter22'), undefined],
    ['its value where it is quoted', () => raise("The argument must be an object. Received 'hunter22'"), 'hunter22'],
    ['an address of mail', () => raise('550 <ada.hunter22@mail.example.com>: no such mailbox'), 'hunter22'],
    ['a number of a telephone', () => raise('Invalid parameter: +4915112345678 is not valid'), '4915112345678'],
    ['a token', () => raise('bad token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln'), 'eyJ'],
  ])('does not repeat %s', (_what, work, secret) => {
    const described = JSON.stringify(describeFault(faultOf(work)));

    if (secret !== undefined) expect(described).not.toContain(secret);
    expect(described).toContain('described-faults.test.ts');
  });

  test('keeps what helps', () => {
    const message =
      'KMS refused Sign: AccessDeniedException for arn:aws:kms:eu-west-1:111122223333:key/1 at 2026-11-20';

    expect(describeFault(new Error(message))).toMatchObject({ name: 'Error', message });
  });

  test('is short, however long the message is', () => {
    const described = describeFault(new Error('a@'.repeat(500_000)));

    expect(described.message.length).toBeLessThanOrEqual(4_000);
    expect(described.stack?.length).toBeLessThanOrEqual(4_000);
  });
});

const raise = (text: string): never => {
  throw new Error(text);
};

describe('The hidden texts of a request', () => {
  test('are those that its shape calls sensitive, keys included', () => {
    const shape = s.structure({
      Name: s.string(),
      Secret: s.secret(s.string()),
      List: s.list(s.structure({ Value: s.secret(s.string()) })),
      Map: s.map(s.string(), s.secret(s.string())),
      Deep: s.secret(s.structure({ Any: s.string() })),
    });
    const value = {
      Name: 'shown',
      Secret: 'first',
      List: [{ Value: 'second' }, { Value: 'no' }],
      Map: { third: 'fourth' },
      Deep: { Any: 'fifth', Bytes: new Uint8Array(2_000) },
      Stranger: 'unknown',
    };

    expect(hiddenTexts(shape, value).toSorted()).toEqual(
      ['first', 'second', 'third', 'fourth', 'fifth', 'Bytes'].toSorted(),
    );
  });

  test('do not reach the line of the request that a fault came of', async () => {
    const operations = withHandle(AdminSetUserPassword, (input) =>
      Promise.reject(new Error(`cannot store ${JSON.stringify(input)}`)),
    );
    const { entry, lines } = storelessEntry(operations);
    await inProcess(entry)({
      headers: { ...jsonHeaders('AdminSetUserPassword'), ...signature() },
      body: JSON.stringify({ UserPoolId: 'us-east-1_Ab1', Username: 'lovelace', Password: 'Correct-Horse-9' }),
    });

    expect(lines).toMatchObject([{ level: 'error', fault: { message: expect.stringContaining('us-east-1_Ab1') } }]);
    expect(JSON.stringify(lines)).not.toMatch(/lovelace|Correct-Horse/);
  });
});
