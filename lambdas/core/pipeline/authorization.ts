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

/** `<key id>/<date>/<region>/<service>/aws4_request` */
const scopeParts = 5;
const regionForm = /^[a-z0-9][a-z0-9-]{1,31}$/;

/** The region of a credential's scope. Refuses a request that is not signed, or whose signature lacks a part. */
export function requireSignedRegion(request: ApiRequest, form: WireForm): string {
  const header = request.headers['authorization'];
  if (header !== undefined) return regionOf(requireHeaderCredential(header));
  if (form === 'query' && isPresigned(request)) return regionOf(requireQueryCredential(request));
  throw signatureMissing();
}

/** As above for an operation that needs no signature: whatever is wrong with it does not matter. */
export function findSignedRegion(request: ApiRequest): string | undefined {
  // No part may hold an equals sign: a header full of beginnings would take the square of its length.
  const region = /Credential=[^/,\s=]+\/[^/,=]*\/([^/,=]+)\//.exec(request.headers['authorization'] ?? '')?.[1];
  return region !== undefined && regionForm.test(region) ? region : undefined;
}

function requireHeaderCredential(header: string): string {
  const parts = new Map(
    header
      .replace(/^\s*AWS4-HMAC-SHA256\s+/, '')
      .split(',')
      .map((part): [string, string] => {
        const at = part.indexOf('=');
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      }),
  );
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name));
  const credential = parts.get('Credential');
  if (missing.length > 0 || credential === undefined) throw authorizationIncomplete(missing, header);
  return credential;
}

const presigning = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
] as const;

const isPresigned = ({ query }: ApiRequest): boolean =>
  presigning.some((name) => findParameter(query, name) !== undefined);

function requireQueryCredential({ query }: ApiRequest): string {
  const missing = presigning.filter((name) => !findParameter(query, name));
  const credential = findParameter(query, 'X-Amz-Credential');
  if (missing.length > 0 || credential === undefined) throw presignedQueryIncomplete(missing);
  return credential;
}

function regionOf(credential: string): string {
  const [, , region, ...rest] = credential.split('/');
  if (region === undefined || rest.length !== scopeParts - 3) throw credentialMalformed(credential);
  if (!regionForm.test(region)) throw regionInvalid();
  return region;
}
