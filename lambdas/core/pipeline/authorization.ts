/** Reads how a request is signed, by header or by query, without checking the signature. */
import {
  authorizationIncomplete,
  credentialMalformed,
  presignedQueryIncomplete,
  regionInvalid,
  signatureMissing,
} from '../contract/errors.ts';
import type { ApiRequest } from '../model/api-request.ts';
import type { WireForm } from './exchange.ts';
import { findParameter } from './query-parameters.ts';

/** What the header names, as it stands there. */
export interface Authorization {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

/** What a credential is scoped to. */
export interface Scope {
  readonly keyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `aws4_request` */
  readonly end: string;
}

const regionForm = /^[a-z0-9][a-z0-9-]{1,31}$/;

/** The region of a credential's scope. Refuses a request that is not signed, or whose signature lacks a part. */
export function requireSignedRegion(request: ApiRequest, form: WireForm): string {
  const header = request.headers['authorization'];
  if (header !== undefined) return requireScope(requireAuthorization(header).credential).region;
  if (form === 'query' && isPresigned(request)) return requireScope(requireQueryCredential(request)).region;
  throw signatureMissing();
}

/** As above for an operation that needs no signature: whatever is wrong with it does not matter. */
export function findSignedRegion(request: ApiRequest): string | undefined {
  // No part may hold an equals sign: a header full of beginnings would take the square of its length.
  const region = /Credential=[^/,\s=]+\/[^/,=]*\/([^/,=]+)\//.exec(request.headers['authorization'] ?? '')?.[1];
  return region !== undefined && regionForm.test(region) ? region : undefined;
}

export function requireAuthorization(header: string): Authorization {
  const parts = new Map(
    header
      .replace(/^\s*AWS4-HMAC-SHA256\s+/, '')
      .split(',')
      .map((part): [string, string] => {
        const at = part.indexOf('=');
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      }),
  );
  const [credential, signature, signedHeaders] = authorizing.map((name) => parts.get(name));
  if (!credential || !signature || !signedHeaders) {
    const missing = authorizing.filter((name) => !parts.get(name));
    throw authorizationIncomplete(missing, header);
  }
  return { credential, signature, signedHeaders };
}

const authorizing = ['Credential', 'Signature', 'SignedHeaders'] as const;

const presigning = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
] as const;

/** Whether the signature, or a part of one, stands in the query. */
export const isPresigned = ({ query }: ApiRequest): boolean =>
  presigning.some((name) => findParameter(query, name) !== undefined);

function requireQueryCredential({ query }: ApiRequest): string {
  const missing = presigning.filter((name) => !findParameter(query, name));
  const credential = findParameter(query, 'X-Amz-Credential');
  if (missing.length > 0 || credential === undefined) throw presignedQueryIncomplete(missing);
  return credential;
}

/** `<key id>/<date>/<region>/<service>/aws4_request` */
export function requireScope(credential: string): Scope {
  const [keyId = '', date = '', region = '', service = '', end, ...rest] = credential.split('/');
  if (end === undefined || rest.length > 0) throw credentialMalformed(credential);
  if (!regionForm.test(region)) throw regionInvalid();
  return { keyId, date, region, service, end };
}
