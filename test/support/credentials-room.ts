/** The room of credentials beside a service that checks signatures, with policies and principals of their own. */
import { randomUUID } from 'node:crypto';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import { localGate } from '../../lambdas/adapters/local/iam-route.ts';
import type { Bridge } from '../../lambdas/adapters/local/iam-route-bridge.ts';
import { signRequest } from '../../lambdas/adapters/sigv4/sign-request.ts';
import type { IamIdentity } from '../../lambdas/core/model/api-request.ts';
import type { Answer } from '../../lambdas/core/pipeline/gateway-events.ts';
import type { AuditLine, RequestLine } from '../../lambdas/core/ports/logger.ts';
import type { SentMessage } from '../../lambdas/core/ports/sent-messages.ts';
import { credentialsEntry } from '../../lambdas/credentials/index.ts';
import { type SigningKey, type StrictOptions, type StrictService, startStrictService } from './strict-service.ts';
import { testWire } from './table.ts';
import { requestOf } from './wire.ts';

export interface RoomAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at members of many answers
  readonly json: any;
  readonly headers: Answer['headers'];
}

export interface CredentialsRoom extends StrictService {
  readonly lines: RequestLine[];
  readonly records: AuditLine[];
  readonly sent: SentMessage[];
  /** As API Gateway hands it over once IAM has let the caller in; `null` for nobody. */
  byIam(action: string, input?: unknown, caller?: Partial<IamIdentity> | null): Promise<RoomAnswer>;
  /** As on one machine: signed with a key of this service. */
  byKey(key: SigningKey, action: string, input?: unknown, more?: SentBeside): Promise<RoomAnswer>;
  /** Session credentials for a caller of IAM. */
  session(input?: object, arn?: string): Promise<Session>;
}

export interface Session extends SigningKey {
  readonly token: string;
  readonly expires: string;
}

export interface SentBeside {
  readonly service?: string;
  readonly path?: string;
  readonly headers?: Headers;
}

type Headers = Readonly<Record<string, string>>;

export const account = '111122223333';
export const ada = `arn:aws:sts::${account}:assumed-role/Developer/ada`;

export interface RoomOptions extends StrictOptions {
  readonly bridge?: Bridge;
}

export async function startCredentialsRoom({ bridge, ...options }: RoomOptions = {}): Promise<CredentialsRoom> {
  const tableName = `access-${randomUUID()}`;
  await createTable(testWire(), tableName);
  const table = dynamodbTable({ wire: testWire(), tableName });
  const service = await startStrictService({ table, ...options });
  const { clock, access } = service;
  const lines: RequestLine[] = [];
  const records: AuditLine[] = [];
  const sent: SentMessage[] = [];
  const ports = {
    ...service.ports,
    ...access,
    logger: {
      write: (line: RequestLine) => void lines.push(line),
      record: (line: AuditLine) => void records.push(line),
    },
    messages: {
      list: async ({ poolId, username }: { poolId?: string | undefined; username?: string | undefined }) =>
        sent.filter((each) => (poolId ?? each.poolId) === each.poolId && (username ?? each.username) === each.username),
    },
  };
  const { signatures } = service.ports;
  if (signatures === 'open') throw new Error('Signatures are not checked');
  const onAws = credentialsEntry(ports);
  const onOneMachine = credentialsEntry(ports, localGate(signatures, bridge));

  const byIam: CredentialsRoom['byIam'] = async (action, input = {}, caller = {}) => {
    const request = requestOf({ target: `/_iam/${action}`, headers: json, body: bodyOf(input) });
    const iam = { accountId: account, arn: ada, userId: 'AROAEXAMPLE:ada', ...caller };
    return readAnswer(await onAws(caller === null ? request : { ...request, iam }));
  };

  return {
    ...service,
    lines,
    records,
    sent,
    byIam,

    async byKey(key, action, input = {}, { service: signed = 'execute-api', path, headers: added = {} } = {}) {
      const target = `/_iam/${action}`;
      const token: Headers = key.token === undefined ? {} : { 'x-amz-security-token': key.token };
      const body = bodyOf(input);
      const unsigned = { endpoint: `http://localhost${target}`, headers: { ...json, ...token }, body: `${body}` };
      const signing = { keyId: key.id, secret: key.secret, region: 'eu-west-1', service: signed, at: clock.now() };
      const headers = { ...(await signRequest(unsigned, signing)), ...added };
      return readAnswer(await onOneMachine(requestOf({ target: path ?? target, headers, body })));
    },

    async session(input = {}, arn = ada) {
      const { status, json: answered } = await byIam('credentials', input, { arn });
      if (status !== 200) throw new Error(`No credentials: ${JSON.stringify(answered)}`);
      const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token, Expiration: expires } = answered;
      return { id, secret, token, expires };
    },
  };
}

const json = { 'content-type': 'application/json' };

const bodyOf = (input: unknown): string | Uint8Array =>
  typeof input === 'string' || input instanceof Uint8Array ? input : JSON.stringify(input);

function readAnswer({ status, headers, body }: Answer): RoomAnswer {
  return { status, headers, json: JSON.parse(body) };
}
