/** Checks signatures against the keys of this service (AWS Signature Version 4), and what their principals may do. */
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  payloadHashWrong,
  securityTokenInvalid,
  signatureExpired,
  signatureMismatch,
  signatureNotYetCurrent,
} from '../../core/contract/errors.ts';
import type { AccessKey } from '../../core/model/access-key.ts';
import type { ApiRequest } from '../../core/model/api-request.ts';
import type { AccessKeyStore } from '../../core/ports/access-key-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Principal, SignatureCheck } from '../../core/ports/signature-check.ts';
import { isAccessKeyId, principalArn } from '../../core/rules/access-keys.ts';
import { deploymentOf } from '../../core/rules/deployment.ts';
import { type PolicyPorts, requireAllowed } from '../../core/rules/policies/require-allowed.ts';
import { cacheOf } from '../system/cache.ts';
import { authorizationOf } from './authorization-of.ts';
import { basicTime } from './basic-time.ts';
import { requireSigned, type SignedRequest } from './signed-request.ts';

export interface SignatureCheckOptions extends PolicyPorts {
  readonly keys: Pick<AccessKeyStore, 'find'>;
  readonly settings: Pick<Settings, 'account' | 'partition' | 'region'>;
  /** Host names of this service in lower case, without ports. */
  readonly hosts: ReadonlySet<string>;
  /** One machine serves them all. */
  readonly acceptAnyRegion: boolean;
}

/** For how long a key that was disabled may go on. */
const keyLifetime = 30_000;
/** How far (ms) the clock of a caller may be off. */
const tolerance = 5 * 60_000;

export function signatureCheck(options: SignatureCheckOptions): SignatureCheck {
  const { keys, clock, hosts } = options;
  const { account, partition, region } = deploymentOf(options.settings);
  const known = cacheOf<string, AccessKey>(clock, { lifetime: keyLifetime, size: 1_000 });
  const expected = options.acceptAnyRegion ? { hosts } : { hosts, region };

  return {
    async verify(request) {
      const signed = requireSigned(request, expected);
      requireCurrent(signed.at, clock);
      requireNoToken(request);
      const key = await known.get(signed.keyId, () => requireKey(keys, signed.keyId));
      requirePayloadHash(request);
      await requireSignature(signed, key);
      const { principal: name, tags, policies } = key;
      const arn = principalArn(partition, account, name);
      return { arn, account, region: signed.region, name, tags, policies } satisfies Principal;
    },

    authorize: (principal, access) => requireAllowed(options, principal, access),
  };
}

function requireCurrent(at: number, clock: Clock): void {
  // Signatures know no parts of a second.
  const now = Math.floor(clock.now() / 1000) * 1000;
  const [signed, earliest, latest, current] = [at, now - tolerance, now + tolerance, now].map(basicTime);
  if (at < now - tolerance) throw signatureExpired(`${signed}`, `${earliest}`, `${current}`);
  if (at > now + tolerance) throw signatureNotYetCurrent(`${signed}`, `${latest}`, `${current}`);
}

/** Keys that come with a token end by themselves; there are none yet. */
function requireNoToken({ headers }: ApiRequest): void {
  if (headers['x-amz-security-token'] !== undefined) throw securityTokenInvalid();
}

/** What is refused is not kept: a key that was just made, or enabled, is good at once. */
async function requireKey(keys: Pick<AccessKeyStore, 'find'>, id: string): Promise<AccessKey> {
  const key = isAccessKeyId(id) ? await keys.find(id) : undefined;
  if (key?.status !== 'active') throw securityTokenInvalid();
  return key;
}

/** The very bytes that came, whatever the header says of them. */
function requirePayloadHash({ headers, body }: ApiRequest): void {
  const named = headers['x-amz-content-sha256'];
  if (named !== undefined && named !== createHash('sha256').update(body).digest('hex')) throw payloadHashWrong();
}

async function requireSignature(signed: SignedRequest, { id, secret }: AccessKey): Promise<void> {
  const recomputed = await authorizationOf(signed, { keyId: id, secret, region: signed.region, at: signed.at });
  const [, headers, signature = ''] = /SignedHeaders=(.*), Signature=([\da-f]{64})$/.exec(recomputed) ?? [];
  if (headers !== signed.signedHeaders || !isSame(signature, signed.signature)) throw signatureMismatch();
}

/** Both are 64 hexadecimal digits. */
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
