/** A small KMS on this machine: the wire protocol of the real one, real keys, its errors, and faults on demand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  accessDenied,
  badCiphertext,
  type FaultName,
  incorrectKey,
  injectedFault,
  KmsRefusal,
  keyDisabled,
  keyNotFound,
  keyPendingDeletion,
  missingSignature,
  unknownAction,
} from './small-kms-errors.ts';
import { type KeyHome, newPairKey, newWrapKey, type SmallKey } from './small-kms-keys.ts';
import { type KmsInput, keyIdIn, kmsOperations } from './small-kms-operations.ts';

export interface KmsCall {
  readonly accessKeyId: string;
  /** As in a policy: `kms:Sign`. */
  readonly action: string;
  /** As it was asked for, if there is no such key. */
  readonly keyArn: string;
  readonly encryptionContext: Readonly<Record<string, string>> | undefined;
}

export interface AnsweredCall extends KmsCall {
  /** `ok`, or the name of the error. */
  readonly outcome: string;
}

export interface SmallKmsOptions extends Partial<KeyHome> {
  /** Of signing keys, at the start; one if not given. */
  readonly generations?: number;
  /** Hears of each call; `denied` is answered with an AccessDeniedException. */
  readonly onCall?: (call: KmsCall) => 'denied' | undefined | void | Promise<'denied' | undefined | void>;
}

/** ARNs of one generation of signing keys. */
export interface KmsGeneration {
  readonly id: string;
  readonly access: string;
}

export interface SmallKms {
  /** For `AWS_ENDPOINT_URL_KMS`. */
  readonly url: string;
  readonly wrapKeyArn: string;
  /** Eldest first, as `SIGNING_KEYS` has them; grows with `addGeneration`. */
  readonly signingKeys: readonly KmsGeneration[];
  /** All calls so far, eldest first. */
  readonly calls: readonly AnsweredCall[];
  addGeneration(): Promise<KmsGeneration>;
  /** Its ARN; `id` is a UUID. */
  addWrapKey(id?: string): string;
  /** The next calls fail with this error instead of being done. */
  fail(times: number, name?: FaultName): void;
  /** Whatever was to go wrong does not any more. */
  recover(): void;
  /** The next calls find the connection closed instead of an answer. */
  hangUp(times: number): void;
  disable(keyArn: string): void;
  enable(keyArn: string): void;
  scheduleDeletion(keyArn: string): void;
  close(): Promise<void>;
}

export async function startSmallKms(options: SmallKmsOptions = {}): Promise<SmallKms> {
  const home = { region: options.region ?? 'us-east-1', account: options.account ?? '123456789012' };
  const state: State = { keys: new Map(), calls: [], faults: [], onCall: options.onCall };
  const signingKeys: KmsGeneration[] = [];

  const keep = (key: SmallKey): string => {
    state.keys.set(key.id, key);
    return key.arn;
  };
  const setState = (to: SmallKey['state']) => (keyArn: string) => {
    requireKey(state, keyArn).state = to;
  };
  const addGeneration = async () => {
    const [id, access] = await Promise.all([0, 1].map((at) => newPairKey(home, signingKeys.length * 2 + at)));
    if (!id || !access) throw new Error('two keys were asked for');
    const generation = { id: keep(id), access: keep(access) };
    signingKeys.push(generation);
    return generation;
  };

  const wrapKeyArn = keep(newWrapKey(home));
  for (let made = 0; made < (options.generations ?? 1); made++) await addGeneration();
  const server = createServer((request, response) => void answer(state, request, response));
  const url = await listen(server);
  return {
    url,
    wrapKeyArn,
    signingKeys,
    calls: state.calls,
    addGeneration,
    addWrapKey: (id) => keep(newWrapKey(home, id)),
    fail: (times, name = 'ThrottlingException') => void state.faults.push(...Array<FaultName>(times).fill(name)),
    recover: () => void state.faults.splice(0),
    hangUp: (times) => void state.faults.push(...Array<'hang up'>(times).fill('hang up')),
    disable: setState('Disabled'),
    enable: setState('Enabled'),
    scheduleDeletion: setState('PendingDeletion'),
    close: () => close(server),
  };
}

interface State {
  readonly keys: Map<string, SmallKey>;
  readonly calls: AnsweredCall[];
  readonly faults: (FaultName | 'hang up')[];
  readonly onCall: SmallKmsOptions['onCall'];
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name = ''] = /^TrentService\.(\w+)$/.exec(String(request.headers['x-amz-target'])) ?? [];
  const [, accessKeyId = ''] =
    /Credential=([^/]+)\/\d{8}\/[\w-]+\/kms\/aws4_request/.exec(request.headers.authorization ?? '') ?? [];
  const input: KmsInput = JSON.parse((await text(request)) || '{}');
  const key = findKey(state, input);
  const keyArn = key?.arn ?? input.KeyId ?? '';
  const call = { accessKeyId, action: `kms:${name}`, keyArn, encryptionContext: input.EncryptionContext };
  const fault = state.faults.shift();
  if (fault === 'hang up') {
    state.calls.push({ ...call, outcome: fault });
    request.socket.destroy();
    return;
  }
  try {
    if (accessKeyId === '') throw missingSignature();
    if (fault !== undefined) throw injectedFault(fault);
    const output = await perform(state, { name, call, input, key });
    state.calls.push({ ...call, outcome: 'ok' });
    send(response, 200, JSON.stringify(output));
  } catch (error) {
    const refusal =
      error instanceof KmsRefusal ? error : new KmsRefusal('KMSInternalException', String(error), { status: 500 });
    state.calls.push({ ...call, outcome: refusal.type });
    send(response, refusal.status, refusal.body);
  }
}

interface Asked {
  readonly name: string;
  readonly call: KmsCall;
  readonly input: KmsInput;
  readonly key: SmallKey | undefined;
}

async function perform(state: State, { name, call, input, key }: Asked): Promise<object> {
  const operation = kmsOperations[name];
  if (!operation) throw unknownAction();
  if (!key) throw input.KeyId === undefined ? badCiphertext() : keyNotFound(input.KeyId);
  if ((await state.onCall?.(call)) === 'denied') throw accessDenied(call.accessKeyId, call.action, key.arn);
  if (name !== 'DescribeKey') requireEnabled(key);
  if (name === 'Decrypt') requireSealedBy(key, input);
  return operation(input, key);
}

/** A sealed value names its key, so that a caller need not. */
function findKey({ keys }: State, { KeyId, CiphertextBlob }: KmsInput): SmallKey | undefined {
  if (KeyId === undefined) return CiphertextBlob === undefined ? undefined : keys.get(keyIdIn(CiphertextBlob));
  return [...keys.values()].find(({ id, arn }) => KeyId === arn || KeyId === id);
}

function requireKey(state: State, keyArn: string): SmallKey {
  const key = findKey(state, { KeyId: keyArn });
  if (!key) throw new Error(`The small KMS has no key ${keyArn}`);
  return key;
}

function requireEnabled({ state, arn }: SmallKey): void {
  if (state === 'Disabled') throw keyDisabled(arn);
  if (state === 'PendingDeletion') throw keyPendingDeletion(arn);
}

function requireSealedBy(key: SmallKey, { CiphertextBlob = '' }: KmsInput): void {
  const id = keyIdIn(CiphertextBlob);
  if (!/^[0-9a-f-]{36}$/.test(id)) throw badCiphertext();
  if (id !== key.id) throw incorrectKey();
}

function send(response: ServerResponse, status: number, body: string): void {
  const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': crypto.randomUUID() };
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Bound to an address, not to a path.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
