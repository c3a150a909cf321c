/** Calls what only callers of IAM reach, signed by the AWS SDK's own signer. */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { IamCaller } from './iam-authorizer.ts';
import type { TrustingClient } from './trusting-client.ts';

export interface IamReply {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface IamClientOptions {
  readonly client: TrustingClient;
  /** `https://host/_iam/credentials` */
  readonly credentialsEndpoint: string;
  readonly region: string;
  readonly now: () => number;
}

export type CallIam = (action: string, input: object, caller: IamCaller) => Promise<IamReply>;

/** `credentials`, or the name of an action. */
export function iamClient({ client, credentialsEndpoint, region, now }: IamClientOptions): CallIam {
  return async (action, input, caller) => {
    const url = new URL(credentialsEndpoint.replace(/credentials$/, action));
    const body = JSON.stringify(input);
    const signer = new SignatureV4({
      service: 'execute-api',
      region,
      sha256: Sha256,
      credentials: {
        accessKeyId: caller.accessKeyId,
        secretAccessKey: caller.secretAccessKey,
        ...(caller.sessionToken !== undefined && { sessionToken: caller.sessionToken }),
      },
    });
    const { headers } = await signer.sign(
      {
        method: 'POST',
        protocol: 'https:',
        hostname: url.hostname,
        path: url.pathname,
        headers: { host: url.host, 'content-type': 'application/json' },
        body,
      },
      { signingDate: new Date(now()) },
    );
    const reply = await client.send(url.href, { method: 'POST', headers, body });
    return { status: reply.status, headers: reply.headers, json: reply.text === '' ? {} : JSON.parse(reply.text) };
  };
}

type Source = string | ArrayBuffer | ArrayBufferView;

class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(key?: Source) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(key));
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

function bytesOf(source: Source): Uint8Array {
  if (typeof source === 'string') return Buffer.from(source);
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
