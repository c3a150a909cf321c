/** A signed request to STS that says who one is, for a service that can ask STS and nobody else. */
import { signRequest } from '../sigv4/sign-request.ts';
import type { Endpoint } from './endpoint.ts';
import { tokenOf } from './signed-call.ts';
import type { Signer } from './workplace.ts';

export interface StsProof {
  readonly Method: 'POST';
  readonly Url: string;
  readonly Headers: Readonly<Record<string, string>>;
  readonly Body: string;
}

const body = 'Action=GetCallerIdentity&Version=2011-06-15';

/** Names the service that it is for, so that nobody who receives it can pass it on to another one. */
export async function stsProof({ base }: Endpoint, { identity, region }: Signer, at: number): Promise<StsProof> {
  const url = `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-millpond-server-id': base,
    ...tokenOf(identity),
  };
  const { keyId, secret } = identity;
  const signed = await signRequest({ endpoint: url, headers, body }, { keyId, secret, region, service: 'sts', at });
  return { Method: 'POST', Url: url, Headers: signed, Body: body };
}
