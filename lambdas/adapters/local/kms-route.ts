/** The three operations of KMS that functions of this machine decrypt codes with, at the address of the service itself. */
import { Refusal } from '../../core/contract/errors.ts';
import { isObject } from '../../core/contract/is-object.ts';
import type { ApiRequest } from '../../core/model/api-request.ts';
import { requireSignedRegion } from '../../core/pipeline/authorization.ts';
import type { Answer } from '../../core/pipeline/gateway-events.ts';
import { type JsonObject, parseBody } from '../../core/pipeline/parse-body.ts';
import type { SignatureCheck } from '../../core/ports/signature-check.ts';
import type { Route } from './gateway-route.ts';
import { type EncryptionContext, KeyRefusal, type SenderKeys } from './sender-keys.ts';

export interface KmsParts {
  readonly keys: SenderKeys;
  /** `open` asks for a signature without checking it. */
  readonly signatures: 'open' | SignatureCheck;
}

const prefix = 'TrentService.';

/** Whoever comes before the parts are there waits for them. */
export const kmsRoute = (parts: Promise<KmsParts>): Route => ({
  covers: (path, { headers }) => path === '/' && headers['x-amz-target']?.startsWith(prefix) === true,
  answer: async (request) => answerOf(await parts, request),
});

async function answerOf(parts: KmsParts, request: ApiRequest): Promise<Answer> {
  try {
    await requireCaller(parts, request);
    return jsonAnswer(200, request, await perform(parts.keys, request));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return jsonAnswer(400, request, { __type: error.name, message: error.message });
  }
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof KeyRefusal || error instanceof KmsInputRefusal || error instanceof Refusal;

/** What a caller wrote is not a request of this kind. */
class KmsInputRefusal extends Error {
  override readonly name: string;

  constructor(name: string, message = '') {
    super(message);
    this.name = name;
  }
}

/** No page has any business here, be it of this very address: browsers name an origin with each POST. */
async function requireCaller({ signatures }: KmsParts, request: ApiRequest): Promise<void> {
  const { headers, sourceIp, isSecure } = request;
  if (headers['origin'] !== undefined || headers['sec-fetch-site'] !== undefined) {
    throw new KmsInputRefusal('AccessDeniedException', 'KMS does not answer web pages.');
  }
  if (signatures === 'open') {
    requireSignedRegion(request, 'json');
    return;
  }
  const identity = await signatures.verify(request, { service: 'kms' });
  await signatures.authorize(identity, {
    action: 'millpond:UseSenderKeys',
    resource: '*',
    sourceIp,
    isSecure,
    input: {},
  });
}

async function perform(keys: SenderKeys, { method, headers, body }: ApiRequest): Promise<JsonObject> {
  const name = (headers['x-amz-target'] ?? '').slice(prefix.length);
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (method !== 'POST' || !operation) throw new KmsInputRefusal('UnknownOperationException');
  return operation(keys, parseBody(body));
}

type Perform = (keys: SenderKeys, input: JsonObject) => Promise<JsonObject>;

const operations: Readonly<Record<string, Perform>> = {
  async GenerateDataKey(keys, input) {
    const NumberOfBytes = lengthIn(input);
    const made = await keys.generateDataKey({ KeyId: requireKeyId(input), NumberOfBytes, ...contextIn(input) });
    return {
      KeyId: made.KeyId,
      Plaintext: base64(made.Plaintext),
      CiphertextBlob: base64(made.CiphertextBlob),
    };
  },

  async Encrypt(keys, input) {
    const Plaintext = requireBytes(input, 'Plaintext', 4096);
    const { KeyId, CiphertextBlob } = await keys.encrypt({
      KeyId: requireKeyId(input),
      Plaintext,
      ...contextIn(input),
    });
    return { KeyId, CiphertextBlob: base64(CiphertextBlob), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },

  async Decrypt(keys, input) {
    const CiphertextBlob = requireBytes(input, 'CiphertextBlob', 6144);
    const { KeyId, Plaintext } = await keys.decrypt({ KeyId: findKeyId(input), CiphertextBlob, ...contextIn(input) });
    return { KeyId, Plaintext: base64(Plaintext), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const invalid = (message: string) => new KmsInputRefusal('ValidationException', message);

const lengths: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

function lengthIn({ NumberOfBytes, KeySpec }: JsonObject): number {
  const length = typeof KeySpec === 'string' ? lengths[KeySpec] : NumberOfBytes;
  const isSaidOnce = (KeySpec ?? undefined) === undefined || (NumberOfBytes ?? undefined) === undefined;
  if (isSaidOnce && typeof length === 'number' && Number.isInteger(length) && length >= 1 && length <= 1024)
    return length;
  throw invalid('Please specify either number of bytes, from 1 to 1024, or key spec: AES_128 or AES_256.');
}

function findKeyId({ KeyId }: JsonObject): string | undefined {
  if (KeyId === undefined || KeyId === null) return undefined;
  if (typeof KeyId !== 'string') throw invalid("Value at 'keyId' must be a string");
  return KeyId;
}

function requireKeyId(input: JsonObject): string {
  const found = findKeyId(input);
  if (!found) throw invalid("Value null at 'keyId' failed to satisfy constraint: Member must not be null");
  return found;
}

function requireBytes(input: JsonObject, name: string, most: number): Uint8Array {
  const value = input[name];
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (bytes.length < 1 || bytes.length > most) throw invalid(`Value at '${name}' must have from 1 to ${most} bytes`);
  return bytes;
}

function contextIn({ EncryptionContext }: JsonObject): { readonly EncryptionContext: EncryptionContext } {
  const given = EncryptionContext ?? {};
  if (!isObject(given)) throw invalid("Value at 'encryptionContext' must be a map of strings");
  const entries = Object.entries(given).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw invalid("Value at 'encryptionContext' must be a map of strings");
    return [name, value];
  });
  return { EncryptionContext: Object.fromEntries(entries) };
}

const jsonAnswer = (status: number, { requestId }: ApiRequest, body: JsonObject): Answer => ({
  status,
  headers: {
    'Content-Type': 'application/x-amz-json-1.1',
    'Cache-Control': 'no-store',
    'x-amzn-RequestId': requestId,
  },
  body: JSON.stringify(body),
});
