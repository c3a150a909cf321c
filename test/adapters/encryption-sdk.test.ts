import { buildClient, CommitmentPolicy, KMS, KmsKeyringNode } from '@aws-crypto/client-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { encryptionSdk } from '../../lambdas/adapters/encryption-sdk/encryption-sdk.ts';
import { kmsDataKeys } from '../../lambdas/adapters/kms/kms-data-keys.ts';
import { CodeNotEncrypted } from '../../lambdas/core/ports/code-encryption.ts';
import { type SmallKms, startSmallKms } from '../support/small-kms.ts';

const poolId = 'us-east-1_aBcDeF123';
let kms: SmallKms;

beforeAll(async () => {
  kms = await startSmallKms({ generations: 0 });
});
afterAll(() => kms.close());

beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', kms.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
  return () => vi.unstubAllEnvs();
});

const patience = { sleep: async () => undefined };

const opened = async (code: string): Promise<string> => {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  // The library's types are those of an older SDK.
  const clientProvider = (region: string) => new KMS({ region, endpoint: kms.url, credentials }) as never;
  const keyring = new KmsKeyringNode({ keyIds: [kms.wrapKeyArn], clientProvider });
  const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(code, 'base64'));
  expect(messageHeader.encryptionContext['userpool-id']).toBe(poolId);
  expect(messageHeader.suiteId).toBe(0x0578);
  return plaintext.toString();
};

describe('Codes under a key in KMS', () => {
  test('open with the Encryption SDK, and take one data key each', async () => {
    const { encrypt } = encryptionSdk(kmsDataKeys({ region: 'us-east-1', patience }));
    const before = kms.calls.length;
    const codes = [
      await encrypt(kms.wrapKeyArn, poolId, '012345'),
      await encrypt(kms.wrapKeyArn, poolId, 'Pässwörd &lt;1'),
    ];
    expect(kms.calls.slice(before)).toEqual([
      expect.objectContaining({
        action: 'kms:GenerateDataKey',
        keyArn: kms.wrapKeyArn,
        outcome: 'ok',
        encryptionContext: expect.objectContaining({ 'userpool-id': poolId }),
      }),
      expect.objectContaining({ action: 'kms:GenerateDataKey', outcome: 'ok' }),
    ]);
    expect(await Promise.all(codes.map(opened))).toEqual(['012345', 'Pässwörd &lt;1']);
    // As long as functions know them to be: some 690 characters for a code.
    expect(codes[0]?.length).toBeGreaterThan(500);
    expect(codes[0]?.length).toBeLessThan(900);
  });

  test('are tried again where KMS is busy', async () => {
    kms.fail(2);
    const { encrypt } = encryptionSdk(kmsDataKeys({ region: 'us-east-1', patience }));
    expect(await opened(await encrypt(kms.wrapKeyArn, poolId, '1'))).toBe('1');
  });

  test.each<[string, () => string, string]>([
    ['a key that is not there', () => `${kms.wrapKeyArn.slice(0, -4)}0000`, 'NotFoundException'],
    ['what is no key', () => 'arn:aws:lambda:us-east-1:000000000000:function:f', 'NotFoundException'],
    ['a region that is none', () => kms.wrapKeyArn.replace('us-east-1', 'evil.example#'), 'DeliveryFailed'],
  ])('are not made with %s, and the failure says nothing of the code', async (_what, keyArn, name) => {
    const { encrypt } = encryptionSdk(kmsDataKeys({ region: 'us-east-1', patience }));
    const failure = await encrypt(keyArn(), poolId, '012345').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CodeNotEncrypted);
    expect(String(failure)).toBe(`CodeNotEncrypted: no data key of the pool's KMSKeyID (${name})`);
  });

  test('are made again once the key is', async () => {
    const { encrypt } = encryptionSdk(kmsDataKeys({ region: 'us-east-1', patience }));
    const keyArn = kms.addWrapKey();
    kms.disable(keyArn);
    await expect(encrypt(keyArn, poolId, '1')).rejects.toThrow('DisabledException');
    kms.enable(keyArn);
    expect(await encrypt(keyArn, poolId, '1')).toMatch(/^[\w+/]+=*$/);
  });
});
