/** Requests that no client sends, to a service that checks signatures: each is refused, none is a fault. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requireSigned } from '../../lambdas/adapters/sigv4/signed-request.ts';
import { Refusal } from '../../lambdas/core/contract/errors.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { rawRequest } from '../support/raw-requests.ts';
import { startStrictService } from '../support/strict-service.ts';
import { jsonHeaders, requestOf } from '../support/wire.ts';

test('A damaged request is refused, and nothing goes wrong inside', async () => {
  const { send } = await startStrictService();
  await fc.assert(
    fc.asyncProperty(rawRequest(DescribeUserPool), async (request) => {
      const { status } = await send(request);
      // Browsers ask beforehand, and are answered.
      if (request.method !== 'OPTIONS') expect([400, 413]).toContain(status);
    }),
    { numRuns: 300 },
  );
});

const scope = fc.array(
  fc.constantFrom('AKIAAAAAAAAAAAAAAAAA', '20260901', 'us-east-1', 'cognito-idp', 'aws4_request', '', '__proto__'),
  { minLength: 4, maxLength: 6 },
);
const names = fc.array(
  fc.constantFrom('host', 'x-amz-date', 'x-amz-target', 'content-type', '__proto__', 'constructor', ''),
  { maxLength: 8 },
);

test('A header of signatures is read or refused, whatever it is made of', () => {
  fc.assert(
    fc.property(scope, names, fc.string({ maxLength: 70 }), fc.string(), (parts, signed, signature, date) => {
      const authorization = `AWS4-HMAC-SHA256 Credential=${parts.join('/')}, SignedHeaders=${signed.join(';')}, Signature=${signature}`;
      const headers = { ...jsonHeaders('ListUsers'), authorization, 'x-amz-date': date };
      try {
        requireSigned(requestOf({ headers }), { hosts: new Set(['localhost']), service: 'cognito-idp' });
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});
