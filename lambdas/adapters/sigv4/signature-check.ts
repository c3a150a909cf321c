/** Checks signatures against the keys of this service (AWS Signature Version 4), and what their principals may do. */
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  payloadHashWrong,
  signatureExpired,
  signatureMismatch,
  signatureNotYetCurrent,
  signatureUsed,
} from '../../core/contract/errors.ts';
import type { ApiRequest } from '../../core/model/api-request.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { NonceStore } from '../../core/ports/nonce-store.ts';
import type { SignatureCheck } from '../../core/ports/signature-check.ts';
import { deploymentOf } from '../../core/rules/deployment.ts';
import { type PolicyPorts, requireAllowed } from '../../core/rules/policies/require-allowed.ts';
import { authorizationOf } from './authorization-of.ts';
import { basicTime } from './basic-time.ts';
import { type BearerPorts, bearers } from './bearers.ts';
import { requireSigned, type SignedRequest } from './signed-request.ts';

export interface SignatureCheckOptions extends PolicyPorts, BearerPorts {
  /** Host names of this service in lower case, without ports. */
  readonly hosts: ReadonlySet<string>;
  /** One machine serves them all. */
  readonly acceptAnyRegion: boolean;
  /** Where it is given, a signed request that changes something is answered once. */
  readonly replayGuard?: Pick<NonceStore, 'consume'> | undefined;
}

/** How far (ms) the clock of a caller may be off. */
const tolerance = 5 * 60_000;

export function signatureCheck(options: SignatureCheckOptions): SignatureCheck {
  const { clock, hosts, replayGuard } = options;
  const { region } = deploymentOf(options.settings);
  const expected = options.acceptAnyRegion ? { hosts } : { hosts, region };
  const known = bearers(options);

  return {
    async verify(request, { service = 'cognito-idp', isChange = false } = {}) {
      const signed = requireSigned(request, { ...expected, service });
      requireCurrent(signed.at, clock);
      const bearer = await known.require(signed.keyId, request.headers['x-amz-security-token']);
      requirePayloadHash(request);
      await requireSignature(signed, bearer.secret, service);
      if (replayGuard && isChange) await requireUnused(replayGuard, signed);
      await bearer.noteUse();
      return { ...bearer.identity, region: signed.region };
    },

    authorize: (identity, access) => requireAllowed(options, identity, access),
  };
}

function requireCurrent(at: number, clock: Clock): void {
  // Signatures know no parts of a second.
  const now = Math.floor(clock.now() / 1000) * 1000;
  const [signed, earliest, latest, current] = [at, now - tolerance, now + tolerance, now].map(basicTime);
  if (at < now - tolerance) throw signatureExpired(`${signed}`, `${earliest}`, `${current}`);
  if (at > now + tolerance) throw signatureNotYetCurrent(`${signed}`, `${latest}`, `${current}`);
}

/** The very bytes that came, whatever the header says of them. */
function requirePayloadHash({ headers, body }: ApiRequest): void {
  const named = headers['x-amz-content-sha256'];
  if (named !== undefined && named !== createHash('sha256').update(body).digest('hex')) throw payloadHashWrong();
}

async function requireSignature(signed: SignedRequest, secret: string, service: string): Promise<void> {
  const { keyId, region, at } = signed;
  const recomputed = await authorizationOf(signed, { keyId, secret, region, service, at });
  const [, headers, signature = ''] = /SignedHeaders=(.*), Signature=([\da-f]{64})$/.exec(recomputed) ?? [];
  if (headers !== signed.signedHeaders || !isSame(signature, signed.signature)) throw signatureMismatch();
}

/** Both are 64 hexadecimal digits. */
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));

/** A signature covers key, time, headers and body. It is remembered for as long as it would be accepted. */
async function requireUnused(nonces: Pick<NonceStore, 'consume'>, { signature, at }: SignedRequest): Promise<void> {
  const digest = createHash('sha256').update(signature).digest('hex');
  // The last second in which it is accepted is not over before the next one begins.
  if ((await nonces.consume(`sig#${digest}`, at + tolerance + 1000)) === 'used') throw signatureUsed();
}
