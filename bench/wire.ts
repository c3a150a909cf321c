/** Requests to a served endpoint over kept connections, at the least cost to the machine that is measured. */
import { Agent, request } from 'node:http';

export interface ApiWire {
  /** The answer's body; rejects unless it is 200. */
  call(operation: string, input: object): Promise<Answer>;
  close(): void;
}

export type Answer = Readonly<Record<string, unknown>>;

export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

/** Signed operations ask for a signature; on one machine nobody checks what it says. */
const authorization =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0';

export function apiWire(endpoint: string): ApiWire {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });

  const send = (operation: string, body: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': Buffer.byteLength(body),
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        authorization,
      };
      const sent = request({ agent, host: hostname, port, method: 'POST', path: '/', headers }, (message) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.on('end', () => resolve({ status: message.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        message.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });

  return {
    async call(operation, input) {
      const { status, text } = await send(operation, JSON.stringify(input));
      if (status !== 200) throw new CallFailed(`${operation}: ${status} ${text}`);
      return text === '' ? {} : JSON.parse(text);
    },
    close: () => agent.destroy(),
  };
}
