/** The line that is kept of each management operation: who did what to which pool, and how it ended. */
import { describe, expect, test } from 'vitest';
import { notAllowed, signatureMismatch } from '../../lambdas/core/contract/errors.ts';
import type { EntryOptions, ServicePorts } from '../../lambdas/core/pipeline/exchange.ts';
import type { AuditLine } from '../../lambdas/core/ports/logger.ts';
import type { Identity, SignatureCheck } from '../../lambdas/core/ports/signature-check.ts';
import { CreateUserPool } from '../../lambdas/pools/operations/CreateUserPool.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { TagResource } from '../../lambdas/pools/operations/TagResource.ts';
import { operationTable, storelessEntry, withHandle } from '../support/entries.ts';
import { markSecrets, SECRET_MARK } from '../support/marked-secrets.ts';
import { startService } from '../support/start-service.ts';
import { inProcess, jsonHeaders, signature } from '../support/wire.ts';

const keyId = 'AKIAABCDEFGHIJKLMNOP';
const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/20261120/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0`;

const identity: Identity = {
  arn: 'arn:aws:iam::111122223333:user/ada',
  account: '111122223333',
  region: 'eu-west-1',
  keyId,
  principals: [{ name: 'ada', createdAt: 0 }],
  name: 'ada',
  tags: {},
  policies: [],
};

const checking = (check: Partial<SignatureCheck> = {}): SignatureCheck => ({
  verify: async () => identity,
  authorize: async () => {},
  ...check,
});

interface Asked extends EntryOptions, Partial<ServicePorts> {
  readonly operations?: Parameters<typeof storelessEntry>[0];
  readonly headers?: Readonly<Record<string, string>>;
}

async function auditOf(name: string, input: object, { operations, headers, ...options }: Asked = {}) {
  const { entry, audit, lines } = storelessEntry(operations, options);
  await inProcess(entry)({
    headers: { ...jsonHeaders(name), authorization, ...headers },
    body: JSON.stringify(input),
  });
  return { audit, lines };
}

const describing = withHandle(DescribeUserPool, async () => ({}));
const pool = { UserPoolId: 'eu-west-1_Ab1' };
const poolArn = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab1';

describe('The audit line', () => {
  test('says who did what to which pool, from where, when and with what outcome', async () => {
    const { audit, lines } = await auditOf('DescribeUserPool', pool, {
      operations: describing,
      signatures: checking(),
    });

    expect(audit).toEqual([
      {
        event: 'management.recorded',
        plane: 'pools',
        time: '2026-11-20T00:00:00.000Z',
        operation: 'DescribeUserPool',
        access: 'Read',
        actor: identity.arn,
        accessKeyId: keyId,
        resource: poolArn,
        outcome: 'ok',
        requestId: lines[0]?.requestId ?? '',
        sourceIp: '127.0.0.1',
        region: 'eu-west-1',
      },
    ] satisfies AuditLine[]);
  });

  test('is written of what the policies refuse', async () => {
    const refusing = checking({
      authorize: (_who, { action, resource }) => Promise.reject(notAllowed(identity.arn, action, resource)),
    });
    const { audit } = await auditOf('DescribeUserPool', pool, { operations: describing, signatures: refusing });

    expect(audit).toMatchObject([
      { actor: identity.arn, accessKeyId: keyId, resource: poolArn, outcome: 'AccessDeniedException' },
    ]);
  });

  test('knows nobody whose signature is wrong, and says which key they named', async () => {
    const refusing = checking({ verify: () => Promise.reject(signatureMismatch()) });
    const { audit } = await auditOf('DescribeUserPool', pool, { operations: describing, signatures: refusing });

    expect(audit).toMatchObject([{ actor: 'unknown', claimedKeyId: keyId, outcome: 'InvalidSignatureException' }]);
    expect(audit[0]).not.toHaveProperty('accessKeyId', expect.anything());
    expect(audit[0]).not.toHaveProperty('resource', expect.anything());
  });

  test.each([
    `AWS4-HMAC-SHA256 Credential=wJalrXUtnFEMI/20261120/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0`,
    'Bearer wJalrXUtnFEMI',
    '',
  ])('shows no key that has not the form of one (%s)', async (header) => {
    const refusing = checking({ verify: () => Promise.reject(signatureMismatch()) });
    const { audit } = await auditOf('DescribeUserPool', pool, {
      operations: describing,
      signatures: refusing,
      headers: { authorization: header },
    });

    expect(audit).toMatchObject([{ actor: 'unknown', claimedKeyId: undefined }]);
    expect(JSON.stringify(audit)).not.toContain('wJalr');
  });

  test('calls everybody anonymous where signatures are not checked', async () => {
    const { audit } = await auditOf('DescribeUserPool', pool, { operations: describing });

    expect(audit).toMatchObject([{ actor: 'anonymous', claimedKeyId: keyId, outcome: 'ok' }]);
  });

  test('names the pool that an ARN names, and no other resource', async () => {
    const tagging = { operations: withHandle(TagResource, async () => ({})), signatures: checking() };
    const Tags = { team: 'payments' };
    const { audit } = await auditOf('TagResource', { ResourceArn: poolArn, Tags }, tagging);
    const other = await auditOf('TagResource', { ResourceArn: 'arn:aws:s3:eu-west-1:1:secret-bucket', Tags }, tagging);

    expect(audit).toMatchObject([{ operation: 'TagResource', access: 'Tagging', resource: poolArn }]);
    expect(other.audit).toMatchObject([{ resource: undefined }]);
    expect(JSON.stringify([audit, other.audit])).not.toMatch(/payments|secret-bucket/);
  });

  test('names the pool that was made', async () => {
    const operations = withHandle(CreateUserPool, async () => ({ UserPool: { Arn: poolArn } }));
    const { audit } = await auditOf('CreateUserPool', { PoolName: 'people' }, { operations, signatures: checking() });

    expect(audit).toMatchObject([{ operation: 'CreateUserPool', access: 'Write', resource: poolArn, outcome: 'ok' }]);
  });

  test('says of a fault that there was one, and no more', async () => {
    const operations = withHandle(DescribeUserPool, () => Promise.reject(new Error('inner detail')));
    const { audit } = await auditOf('DescribeUserPool', pool, { operations, signatures: checking() });

    expect(audit).toMatchObject([{ outcome: 'InternalErrorException' }]);
    expect(JSON.stringify(audit)).not.toContain('inner detail');
  });

  test('is written once for each operation that asks for a signature, and for no other', async () => {
    const { entry, audit, lines } = storelessEntry(
      Object.assign(
        {},
        ...Object.values(operationTable).map((operation) => withHandle(operation, async () => undefined)),
      ),
    );
    const wire = inProcess(entry);
    for (const [name, { input }] of Object.entries(operationTable)) {
      const json = Object.fromEntries(Object.keys(input.members).map((member) => [member, SECRET_MARK]));
      await wire({ headers: { ...jsonHeaders(name), ...signature() }, body: JSON.stringify(markSecrets(input, json)) });
    }
    const signed = Object.values(operationTable).filter(({ caller }) => caller.kind === 'iam');

    expect(signed.length).toBeGreaterThan(100);
    expect(lines).toHaveLength(Object.keys(operationTable).length);
    expect(audit.map(({ operation }) => operation)).toEqual(signed.map(({ name }) => name));
    expect(JSON.stringify(audit)).not.toContain(SECRET_MARK);
  });

  test('is written of the service as it is, beside the line of the request', async () => {
    const { aPool, audit } = await startService();
    const { id } = await aPool();

    expect(audit).toMatchObject([
      { operation: 'CreateUserPool', actor: 'anonymous', resource: expect.stringMatching(new RegExp(`/${id}$`)) },
    ]);
  });
});
