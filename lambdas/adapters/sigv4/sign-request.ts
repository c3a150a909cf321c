/** Signs requests to this service, as its clients do. */
import { authorizationOf, type Signing } from './authorization-of.ts';
import { basicTime } from './basic-time.ts';

export interface Unsigned {
  readonly endpoint: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The headers to send: those that were given, the time and the signature. Clients send the host by themselves. */
export async function signRequest(
  { endpoint, headers, body }: Unsigned,
  signing: Signing,
): Promise<Readonly<Record<string, string>>> {
  const sent = { ...headers, 'x-amz-date': basicTime(signing.at) };
  const covered = { ...sent, host: new URL(endpoint).host };
  const request = { method: 'POST', query: {}, headers: covered, body: Buffer.from(body) };
  return { ...sent, authorization: await authorizationOf(request, signing) };
}
