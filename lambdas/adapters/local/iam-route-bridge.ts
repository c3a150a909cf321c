/** Lets callers of IAM prove by a signed request to STS who they are: STS is asked, and answers whose request it is. */
import { proofNotAccepted } from '../../core/contract/errors.ts';
import { isObject } from '../../core/contract/is-object.ts';
import type { ApiRequest, IamIdentity } from '../../core/model/api-request.ts';
import { parseBody } from '../../core/pipeline/parse-body.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { type Proof, requireProof } from './iam-route-proof.ts';

export interface Bridge {
  /** `undefined` for a request without a proof; a refusal where the proof is none. */
  findCaller(request: ApiRequest): Promise<IamIdentity | undefined>;
}

export interface BridgeOptions {
  /** Whose callers are let in. */
  readonly accounts: readonly string[];
  /** What a proof has to be made for: the base URLs of this service, without trailing slashes. */
  readonly serverIds: readonly string[];
  readonly clock: Clock;
  readonly fetch: typeof fetch;
}

/** Nothing but credentials is handed out for a proof, as it says who somebody is and not what they ask for. */
const path = '/_iam/credentials';

export const iamBridge = (options: BridgeOptions): Bridge => ({
  async findCaller(request) {
    if (request.path !== path) return undefined;
    const { Sts } = parseBody(request.body);
    if (Sts === undefined || Sts === null) return undefined;
    const proof = requireProof(Sts, { serverIds: options.serverIds, now: options.clock.now() });
    const caller = await ask(options.fetch, proof);
    if (!options.accounts.includes(caller.accountId)) throw proofNotAccepted('its account is not let in');
    return caller;
  },
});

const patience = 5_000;

/** The host is one of a fixed list, and nobody leads the request elsewhere. */
async function ask(send: typeof fetch, { url, method, headers, body }: Proof): Promise<IamIdentity> {
  const asJson = { ...headers, accept: 'application/json' };
  const signal = AbortSignal.timeout(patience);
  const init = { method, headers: asJson, redirect: 'error', signal, ...(method === 'POST' && { body }) } as const;
  const answer = await send(url, init).catch(unanswered);
  const text = await answer.text().catch(unanswered);
  if (answer.status !== 200) throw proofNotAccepted('STS does not accept it');
  return requireIdentity(text);
}

/** Whatever it was, the message may quote the request. */
function unanswered(): never {
  throw proofNotAccepted('STS does not answer');
}

const arnForm = /^arn:[\w-]{1,32}:(?:iam|sts)::(\d{12}):[\x21-\x7e]{1,2048}$/;

function requireIdentity(text: string): IamIdentity {
  const { Arn: arn, Account: accountId, UserId: userId } = resultIn(text);
  if (typeof arn !== 'string' || typeof accountId !== 'string' || typeof userId !== 'string') throw unreadable();
  if (arnForm.exec(arn)?.[1] !== accountId) throw unreadable();
  return { accountId, arn, userId };
}

function resultIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const { GetCallerIdentityResponse: outer } = objectIn(JSON.parse(text));
    return objectIn(objectIn(outer)['GetCallerIdentityResult']);
  } catch {
    throw unreadable();
  }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw unreadable();
  return value;
}

const unreadable = () => proofNotAccepted('the answer of STS cannot be read');
