/** What the tests of everything that stands on KMS rely on: it behaves as the API of KMS says. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetPublicKeyCommand,
  KMSServiceException,
  SignCommand,
  type SignCommandInput,
} from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KmsCall } from '../support/small-kms.ts';
import { usingSmallKms } from '../support/using-small-kms.ts';

const denied = new Set<string>();
const heard: KmsCall[] = [];
const used = usingSmallKms({
  region: 'eu-west-1',
  onCall: (call) => {
    heard.push(call);
    return denied.has(call.action) ? 'denied' : undefined;
  },
});

beforeEach(() => {
  denied.clear();
  heard.length = 0;
});

const algorithm = 'RSASSA_PKCS1_V1_5_SHA_256';
const message = Buffer.from('a message');
const digest = createHash('sha256').update(message).digest();
const generation = () => used().kms.signingKeys[0] ?? { id: '', access: '' };

const sign = (input: Partial<SignCommandInput>) =>
  used().client.send(
    new SignCommand({ KeyId: generation().id, Message: message, SigningAlgorithm: algorithm, ...input }),
  );

/** `<name>: <message>` */
const refusal = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof KMSServiceException)) throw error;
  return `${error.name}: ${error.message}`;
};

describe('The small KMS', () => {
  test('signs a message and its digest alike, under the public key that it shows', async () => {
    const { PublicKey, ...described } = await used().client.send(new GetPublicKeyCommand({ KeyId: generation().id }));
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    expect(described).toMatchObject({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: [algorithm] });
    for (const input of [{}, { MessageType: 'DIGEST', Message: digest }] as const) {
      const { Signature, KeyId } = await sign(input);
      expect(KeyId).toBe(generation().id);
      expect(verify('sha256', message, key, Signature ?? Buffer.alloc(0))).toBe(true);
    }
  });

  test('signs no message of more than 4,096 bytes, and no digest of another length', async () => {
    await sign({ Message: Buffer.alloc(4096) });
    expect(await refusal(sign({ Message: Buffer.alloc(4097) }))).toContain('ValidationException: 1 validation error');
    expect(await refusal(sign({ MessageType: 'DIGEST' }))).toContain('ValidationException: Digest is invalid length');
  });

  test('does with a key what it is for, and nothing else', async () => {
    const { client, kms } = used();
    expect(await refusal(sign({ KeyId: kms.wrapKeyArn }))).toBe(
      `InvalidKeyUsageException: ${kms.wrapKeyArn} key usage is ENCRYPT_DECRYPT which is not valid for Sign.`,
    );
    expect(await refusal(sign({ SigningAlgorithm: 'ECDSA_SHA_256' }))).toMatch(/^InvalidKeyUsageException: /);
    const encrypt = new EncryptCommand({ KeyId: generation().id, Plaintext: message });
    expect(await refusal(client.send(encrypt))).toMatch(/^InvalidKeyUsageException: /);
  });

  test('opens what it sealed in the same context alone, with or without being told the key', async () => {
    const { client, kms } = used();
    const EncryptionContext = { app: 'a', ring: '1' };
    const { CiphertextBlob } = await client.send(
      new EncryptCommand({ KeyId: kms.wrapKeyArn, Plaintext: message, EncryptionContext }),
    );
    const open = (input: object) => client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...input }));
    for (const input of [{}, { KeyId: kms.wrapKeyArn }, { EncryptionContext: { ring: '1', app: 'a' } }]) {
      expect(Buffer.from((await open(input)).Plaintext ?? [])).toEqual(message);
    }
    expect(await refusal(open({ EncryptionContext: { app: 'b', ring: '1' } }))).toMatch(/^InvalidCiphertextException/);
    expect(await refusal(open({ CiphertextBlob: Buffer.alloc(100) }))).toMatch(/^InvalidCiphertextException/);
    expect(await refusal(open({ KeyId: kms.addWrapKey() }))).toMatch(
      /^IncorrectKeyException: The key ID in the request/,
    );
  });

  test('makes data keys that open in the same context alone', async () => {
    const { client, kms } = used();
    const EncryptionContext = { app: 'a' };
    const KeyId = kms.wrapKeyArn;
    const make = (NumberOfBytes: number) =>
      client.send(new GenerateDataKeyCommand({ KeyId, NumberOfBytes, EncryptionContext }));
    const [one, other] = [await make(32), await make(32)];
    expect(one).toMatchObject({ KeyId });
    expect(one.Plaintext).toHaveLength(32);
    expect(one.Plaintext).not.toEqual(other.Plaintext);
    const { CiphertextBlob } = one;
    expect((await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).Plaintext).toEqual(
      one.Plaintext,
    );
    expect(await refusal(client.send(new DecryptCommand({ CiphertextBlob })))).toMatch(/^InvalidCiphertextException/);
    expect(await refusal(make(0))).toMatch(/^ValidationException/);
  });

  test('describes its keys', async () => {
    const { client, kms } = used();
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: kms.wrapKeyArn }));
    expect(KeyMetadata).toMatchObject({
      Arn: kms.wrapKeyArn,
      AWSAccountId: '123456789012',
      Enabled: true,
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
      CreationDate: expect.any(Date),
    });
    expect(kms.wrapKeyArn).toMatch(/^arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f-]{36}$/);
  });

  test('refuses keys that are disabled, to be deleted or not there, in its words', async () => {
    const { kms } = used();
    const { id } = await kms.addGeneration();
    kms.disable(id);
    expect(await refusal(sign({ KeyId: id }))).toBe(`DisabledException: ${id} is disabled.`);
    kms.scheduleDeletion(id);
    expect(await refusal(sign({ KeyId: id }))).toBe(`KMSInvalidStateException: ${id} is pending deletion.`);
    kms.enable(id);
    await sign({ KeyId: id });
    expect(await refusal(sign({ KeyId: `${id}0` }))).toBe(`NotFoundException: Key '${id}0' does not exist`);
    expect(await refusal(sign({ KeyId: 'abc' }))).toBe("NotFoundException: Invalid keyId 'abc'");
  });

  test('tells of every call who made it, and refuses those that a test refuses', async () => {
    const { client, kms } = used();
    const EncryptionContext = { ring: '1' };
    denied.add('kms:Encrypt');
    const encrypt = new EncryptCommand({ KeyId: kms.wrapKeyArn, Plaintext: message, EncryptionContext });
    expect(await refusal(client.send(encrypt))).toBe(
      `AccessDeniedException: User: AKIDEXAMPLE is not authorized to perform: kms:Encrypt on resource: ${kms.wrapKeyArn} because no identity-based policy allows the kms:Encrypt action`,
    );
    await sign({});
    const call = { accessKeyId: 'AKIDEXAMPLE', encryptionContext: undefined };
    expect(heard).toEqual([
      { ...call, action: 'kms:Encrypt', keyArn: kms.wrapKeyArn, encryptionContext: EncryptionContext },
      { ...call, action: 'kms:Sign', keyArn: generation().id },
    ]);
    expect(kms.calls.slice(-2).map(({ outcome }) => outcome)).toEqual(['AccessDeniedException', 'ok']);
  });

  test('knows nobody without a signature, and no other operation', async () => {
    const { url } = used().kms;
    const call = async (headers: Record<string, string>) => {
      const answer = await fetch(url, { method: 'POST', body: '{}', headers });
      return [answer.status, await answer.json()];
    };
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/eu-west-1/kms/aws4_request';
    expect(await call({ 'x-amz-target': 'TrentService.Sign' })).toEqual([
      400,
      { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    ]);
    expect(await call({ 'x-amz-target': 'TrentService.CreateKey', authorization })).toEqual([
      400,
      { __type: 'UnknownOperationException' },
    ]);
  });

  test('fails as often as it is told to, and then no more', async () => {
    used().kms.fail(1);
    expect(await refusal(sign({}))).toMatch(/^ThrottlingException: You have exceeded the rate/);
    await sign({});
  });
});
