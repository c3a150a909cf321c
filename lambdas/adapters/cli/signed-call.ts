/** Calls actions of the service, with a signature for API Gateway's IAM authorizer or without one. */
import { signRequest } from '../sigv4/sign-request.ts';
import { type Endpoint, urlOf } from './endpoint.ts';
import type { Identity } from './identity.ts';
import { post } from './post.ts';
import type { Call, Outside, Signer } from './workplace.ts';

export interface Line {
  readonly endpoint: Endpoint;
  /** How long (ms) to wait for an answer. */
  readonly patience: number;
  readonly outside: Pick<Outside, 'now'>;
}

const json = { 'content-type': 'application/json' };

export const unsignedCall =
  ({ endpoint, patience }: Line): Call =>
  (action, input) =>
    post({ url: urlOf(endpoint, action), headers: json, body: JSON.stringify(input), patience });

export const signedCall =
  ({ endpoint, patience, outside }: Line, findSigner: () => Promise<Signer>): Call =>
  async (action, input) => {
    const { identity, region } = await findSigner();
    const url = urlOf(endpoint, action);
    const body = JSON.stringify(input);
    const unsigned = { endpoint: url, headers: { ...json, ...tokenOf(identity) }, body };
    const { keyId, secret } = identity;
    const headers = await signRequest(unsigned, { keyId, secret, region, service: 'execute-api', at: outside.now() });
    return post({ url, headers, body, patience });
  };

export const tokenOf = ({ token }: Identity): Readonly<Record<string, string>> =>
  token === undefined ? {} : { 'x-amz-security-token': token };
