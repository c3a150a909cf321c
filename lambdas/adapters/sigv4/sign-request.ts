/** Signs requests to this service, as its clients do. */
import { authorizationOf, type Signing } from './authorization-of.ts';
import { basicTime } from './basic-time.ts';

export interface Unsigned {
  /** With its path. */
  readonly endpoint: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Signer extends Omit<Signing, 'service'> {
  /** `cognito-idp` when nothing is said. */
  readonly service?: string | undefined;
}

/** The headers to send: those that were given, the time and the signature. Clients send the host by themselves. */
export async function signRequest(
  { endpoint, headers, body }: Unsigned,
  { service = 'cognito-idp', ...signing }: Signer,
): Promise<Readonly<Record<string, string>>> {
  const sent = { ...headers, 'x-amz-date': basicTime(signing.at) };
  const { host, pathname: path } = new URL(endpoint);
  const covered = { ...sent, host };
  const request = { method: 'POST', path, query: {}, headers: covered, body: Buffer.from(body) };
  return { ...sent, authorization: await authorizationOf(request, { ...signing, service }) };
}
