import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Millpond, type MillpondOptions, startMillpond } from '../../bin/start-millpond.ts';
import { arnOf, keyArn, type SenderEvent } from '../support/message-functions.ts';

async function started(options: MillpondOptions = {}): Promise<Millpond> {
  const service = await startMillpond({ memory: options.data === undefined, quiet: true, ...options });
  onTestFinished(() => service.close());
  return service;
}

const anyKeys = { accessKeyId: 'any', secretAccessKey: 'any' };

const kmsOf = ({ endpoint }: Millpond, credentials = anyKeys) =>
  new KMSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

const context = { 'userpool-id': 'us-east-1_abcdefghi', purpose: 'test' };
const plain = Buffer.from('a code');

const refusalOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'nothing is refused',
    (error: Error) => error.name,
  );

const sealed = async (kms: KMSClient, KeyId = keyArn) =>
  kms.send(new EncryptCommand({ KeyId, Plaintext: plain, EncryptionContext: context }));

describe('The KMS of one machine', () => {
  test('decrypts what it has encrypted, for the same context in any order', async () => {
    const kms = kmsOf(await started());
    const { CiphertextBlob, KeyId } = await sealed(kms);
    expect(KeyId).toBe(keyArn);
    const reversed = { purpose: 'test', 'userpool-id': 'us-east-1_abcdefghi' };
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: reversed }));
    expect(opened).toMatchObject({ KeyId: keyArn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('a code');
  });

  test.each([
    ['a number of bytes', { NumberOfBytes: 48 }, 48],
    ['a kind of key', { KeySpec: 'AES_256' as const }, 32],
    ['the other kind', { KeySpec: 'AES_128' as const }, 16],
  ])('makes data keys of %s', async (_what, size, length) => {
    const kms = kmsOf(await started());
    const order = { KeyId: keyArn, EncryptionContext: context, ...size };
    const [one, other] = [
      await kms.send(new GenerateDataKeyCommand(order)),
      await kms.send(new GenerateDataKeyCommand(order)),
    ];
    expect(one.Plaintext).toHaveLength(length);
    expect(one.Plaintext).not.toEqual(other.Plaintext);
    const { CiphertextBlob } = one;
    const opened = await kms.send(new DecryptCommand({ KeyId: keyArn, CiphertextBlob, EncryptionContext: context }));
    expect(opened.Plaintext).toEqual(one.Plaintext);
  });

  test('answers the ARN of a key, whatever it was named by', async () => {
    const kms = kmsOf(await started({ account: '111122223333', region: 'eu-west-1' }));
    const keyOf = async (KeyId: string) => (await sealed(kms, KeyId)).KeyId;
    const id = '0f6d0b6e-53a5-4d0c-9d0c-6c1c8e8d7c11';
    expect(await keyOf(id)).toBe(`arn:aws:kms:eu-west-1:111122223333:key/${id}`);
    expect(await keyOf('mrk-0123456789abcdef')).toBe('arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef');
    const behind = await keyOf('alias/codes');
    expect(behind).toMatch(/^arn:aws:kms:eu-west-1:111122223333:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await keyOf('arn:aws:kms:eu-west-1:111122223333:alias/codes')).toBe(behind);
    expect(await keyOf('alias/others')).not.toBe(behind);
  });

  test.each([
    'arn:aws:kms:us-east-1:000000000000:grant/x',
    'arn:aws:lambda:us-east-1:000000000000:function:f',
    'a b',
    `alias/${'x'.repeat(2000)}`,
  ])('has no key called %j', async (KeyId) => {
    expect(await refusalOf(sealed(kmsOf(await started()), KeyId))).toBe('NotFoundException');
  });

  test('opens nothing for another context, another key, or another service', async () => {
    const service = await started();
    const kms = kmsOf(service);
    const { CiphertextBlob } = await sealed(kms);
    const open = (more: object, by = kms) =>
      refusalOf(by.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context, ...more })));
    for (const EncryptionContext of [undefined, {}, { 'userpool-id': 'us-east-1_abcdefghj', purpose: 'test' }]) {
      expect(await open({ EncryptionContext })).toBe('InvalidCiphertextException');
    }
    expect(await open({ KeyId: `${keyArn.slice(0, -1)}2` })).toBe('IncorrectKeyException');
    expect(await open({}, kmsOf(await started()))).toBe('InvalidCiphertextException');
    expect(await open({ KeyId: keyArn })).toBe('nothing is refused');
  });

  test('opens nothing that was changed, wherever it was', async () => {
    const kms = kmsOf(await started());
    const { CiphertextBlob = new Uint8Array() } = await sealed(kms);
    await fc.assert(
      fc.asyncProperty(fc.nat(CiphertextBlob.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Uint8Array.from(CiphertextBlob);
        changed[at] = (changed[at] ?? 0) ^ by;
        const open = new DecryptCommand({ CiphertextBlob: changed, EncryptionContext: context });
        expect(await refusalOf(kms.send(open))).toBe('InvalidCiphertextException');
      }),
      { numRuns: 60 },
    );
    for (const CiphertextBlob of [Buffer.from([1]), Buffer.from([1, 255, 255]), Buffer.alloc(6144), Buffer.from('x')]) {
      const open = new DecryptCommand({ CiphertextBlob, EncryptionContext: context });
      expect(await refusalOf(kms.send(open))).toBe('InvalidCiphertextException');
    }
  });

  test('keeps its keys from one start to the next', async () => {
    const data = await mkdtemp(join(tmpdir(), 'millpond-kms-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    const first = await started({ data });
    const { CiphertextBlob } = await sealed(kmsOf(first));
    await first.close();
    const kms = kmsOf(await started({ data }));
    const { Plaintext = [] } = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(Buffer.from(Plaintext).toString()).toBe('a code');
  });

  test.each<[string, string, unknown]>([
    ['no number of bytes', 'GenerateDataKey', { KeyId: keyArn }],
    ['two sizes', 'GenerateDataKey', { KeyId: keyArn, NumberOfBytes: 32, KeySpec: 'AES_256' }],
    ['an unknown size', 'GenerateDataKey', { KeyId: keyArn, KeySpec: 'constructor' }],
    ['too many bytes', 'GenerateDataKey', { KeyId: keyArn, NumberOfBytes: 1025 }],
    ['half a byte', 'GenerateDataKey', { KeyId: keyArn, NumberOfBytes: 1.5 }],
    ['no key', 'GenerateDataKey', { NumberOfBytes: 32 }],
    ['a key that is no text', 'Decrypt', { KeyId: 5, CiphertextBlob: 'AQ==' }],
    ['nothing to encrypt', 'Encrypt', { KeyId: keyArn, Plaintext: '' }],
    ['too much to encrypt', 'Encrypt', { KeyId: keyArn, Plaintext: Buffer.alloc(4097).toString('base64') }],
    ['too much to decrypt', 'Decrypt', { CiphertextBlob: Buffer.alloc(6145).toString('base64') }],
    ['a context that is no map', 'Encrypt', { KeyId: keyArn, Plaintext: 'AQ==', EncryptionContext: ['x'] }],
    ['a context of numbers', 'Encrypt', { KeyId: keyArn, Plaintext: 'AQ==', EncryptionContext: { x: 1 } }],
  ])('refuses %s', async (_what, operation, input) => {
    expect(await ask(await started(), operation, JSON.stringify(input))).toMatchObject({
      status: 400,
      type: 'ValidationException',
    });
  });

  test('has no other operation, and reads nothing but objects', async () => {
    const service = await started();
    expect(await refusalOf(kmsOf(service).send(new DescribeKeyCommand({ KeyId: keyArn })))).toBe(
      'UnknownOperationException',
    );
    for (const name of ['', 'constructor', '__proto__', 'Decrypt.x']) {
      expect(await ask(service, name, '{}')).toMatchObject({ status: 400, type: 'UnknownOperationException' });
    }
    for (const body of ['[]', '{', '5', `${'['.repeat(100_000)}`]) {
      expect((await ask(service, 'Decrypt', body)).status).toBe(400);
    }
  });

  test('answers no page, be it of this very machine, and nobody who does not sign', async () => {
    const service = await started();
    const input = JSON.stringify({ KeyId: keyArn, NumberOfBytes: 32 });
    const pages = [
      { origin: 'https://shop.example' },
      { origin: 'null' },
      { origin: service.endpoint },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of pages) {
      const answer = await ask(service, 'GenerateDataKey', input, headers);
      expect(answer).toMatchObject({ status: 400, type: 'AccessDeniedException' });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(await ask(service, 'GenerateDataKey', input, { authorization: '' })).toMatchObject({ status: 400 });
    expect(await ask(service, 'GenerateDataKey', input)).toMatchObject({ status: 200 });
  });

  test('asks callers for their key where signatures are checked, and for the right to use it', async () => {
    const readers = {
      name: 'reader',
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' }] },
    };
    const functions = {
      name: 'functions',
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'millpond:UseSenderKeys', Resource: '*' }],
      },
    };
    const service = await started({ signatures: 'strict', principals: [readers, functions] });
    const file = await readFile(service.credentials ?? '', 'utf8');
    const keysOf = (name: string) => {
      const [, accessKeyId = '', secretAccessKey = ''] =
        new RegExp(`\\[${name}\\]\\naws_access_key_id = (\\S+)\\naws_secret_access_key = (\\S+)`).exec(file) ?? [];
      return { accessKeyId, secretAccessKey };
    };
    const outcome = (keys: typeof anyKeys) => refusalOf(sealed(kmsOf(service, keys)));
    expect(await outcome(anyKeys)).toBe('UnrecognizedClientException');
    expect(await outcome({ ...keysOf('functions'), secretAccessKey: 'another' })).toBe('InvalidSignatureException');
    expect(await outcome(keysOf('reader'))).toBe('AccessDeniedException');
    expect(await outcome(keysOf('functions'))).toBe('nothing is refused');
    expect(await outcome(keysOf('millpond'))).toBe('nothing is refused');
  });
});

describe('A function of a process of its own', () => {
  test('decrypts the code that it gets, with nothing but the address of the service (triggers-and-messages 27)', async () => {
    const events: SenderEvent[] = [];
    const service = await started({
      triggers: { [arnOf('CustomEmailSender')]: (event: SenderEvent) => void events.push(event) },
    });
    const { endpoint, region } = service;
    const client = new CognitoIdentityProviderClient({ endpoint, region, credentials: anyKeys });
    const { UserPool } = await client.send(
      new CreateUserPoolCommand({
        PoolName: 'shop',
        AutoVerifiedAttributes: ['email'],
        LambdaConfig: {
          CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: arnOf('CustomEmailSender') },
          KMSKeyID: keyArn,
        },
      }),
    );
    const { UserPoolClient } = await client.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'web' }),
    );
    await client.send(
      new SignUpCommand({
        ClientId: UserPoolClient?.ClientId,
        Username: 'ada',
        Password: 'Correct-Horse-9',
        UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
      }),
    );
    const [record] = service.outbox.find();
    expect(record).toMatchObject({ channel: 'EMAIL', kind: 'SignUp', custom: true, to: 'ada@example.com' });
    expect(await outputOf(service, events[0])).toBe(record?.code);
  });
});

async function ask(
  { endpoint }: Millpond,
  operation: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=any/20260901/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=00',
      ...headers,
    },
    body,
  });
  const { __type: type } = JSON.parse((await answer.text()) || '{}');
  return { status: answer.status, type, headers: answer.headers };
}

/** What the function prints; it is told no more than those who run one for a pool tell it. */
async function outputOf({ endpoint }: Millpond, event: SenderEvent | undefined): Promise<string> {
  const program = new URL('../support/custom-sender-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program], {
    env: {
      AWS_ENDPOINT_URL_KMS: endpoint,
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_REGION: 'us-east-1',
      KEY_ARN: keyArn,
      KEY_ALIAS: 'arn:aws:kms:us-east-1:000000000000:alias/codes',
      NODE_NO_WARNINGS: '1',
    },
  });
  child.stdin.end(JSON.stringify(event));
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(complaints).toBe('');
  return output;
}
