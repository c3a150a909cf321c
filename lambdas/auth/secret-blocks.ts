/** SECRET_BLOCK: the service's side of an SRP exchange, sealed and carried by the client. */
import type { Client } from '../core/model/client.ts';
import type { Ports } from '../core/ports/index.ts';
import type { Place } from '../core/ports/sealer.ts';
import { sessionEnd } from '../core/rules/challenge-sessions.ts';
import { uuid } from '../core/rules/identifiers.ts';

export interface SecretBlock {
  /** Consumed with the one guess that the block is good for. */
  readonly id: string;
  /** The name as folded, under which the guesses are counted. */
  readonly username: string;
  /** The name that the client was told to hash with. */
  readonly shownName: string;
  readonly sub: string;
  /** Nobody has the name: it was all made up, the `sub` included. */
  readonly isSimulated: boolean;
  /** Of the session that the exchange is a step of, where it is one: neither is good without the other. */
  readonly sessionId?: string | undefined;
  /** The device that the client named with the first leg. */
  readonly deviceKey?: string | undefined;
  readonly clientPublic: Uint8Array;
  readonly serverPublic: Uint8Array;
  readonly serverSecret: Uint8Array;
  readonly expiresAt: number;
  /** The block as sealed: clients sign these bytes. */
  readonly bytes: Uint8Array;
}

/** Whose secret an exchange is about: what was posed for one is no good for the other. */
type SecretHolder = 'person' | 'device';

/** Binary members in base64. */
interface Wire {
  readonly id: string;
  readonly u: string;
  readonly n: string;
  readonly s: string;
  /** 1 for a simulated user, so that both kinds take one character. */
  readonly f: 0 | 1;
  readonly i?: string | undefined;
  readonly d?: string | undefined;
  readonly A: string;
  readonly B: string;
  readonly b: string;
  readonly x: number;
}

/** Standard base64 with padding: clients decode it, sign the bytes and send the text back. */
export async function sealSecretBlock(
  { sealer, clock, random }: Pick<Ports, 'sealer' | 'clock' | 'random'>,
  client: Client,
  block: Omit<SecretBlock, 'id' | 'expiresAt' | 'bytes'>,
  secretOf: SecretHolder = 'person',
): Promise<string> {
  const wire: Wire = {
    id: uuid(random),
    u: block.username,
    n: block.shownName,
    s: block.sub,
    f: block.isSimulated ? 1 : 0,
    i: block.sessionId,
    d: block.deviceKey,
    A: text(block.clientPublic),
    B: text(block.serverPublic),
    b: text(block.serverSecret),
    x: sessionEnd(clock.now(), client),
  };
  return text(await sealer.seal(filledUp(JSON.stringify(wire)), placeOf(client, secretOf)));
}

/**
 * JSON may end in blanks. A block holds names that its reader does not see, so its length must not depend on them: any
 * username and any address of a usual length fits into the first step.
 */
function filledUp(json: string): Buffer {
  const bytes = Buffer.from(json);
  return Buffer.concat([bytes], Math.max(2048, Math.ceil(bytes.length / 1024) * 1024)).fill(' ', bytes.length);
}

/** `undefined` for what was not posed to this client, was changed, or is too old. */
export async function openSecretBlock(
  { sealer, clock }: Pick<Ports, 'sealer' | 'clock'>,
  client: Client,
  given: string,
  secretOf: SecretHolder = 'person',
): Promise<SecretBlock | undefined> {
  const sealed = bytes(given);
  const plain = await sealer.open(sealed, placeOf(client, secretOf));
  if (!plain) return undefined;
  // Only our own sealing opens here, so the members need no second check.
  const wire = JSON.parse(Buffer.from(plain).toString()) as Wire;
  if (wire.x <= clock.now()) return undefined;
  return {
    id: wire.id,
    username: wire.u,
    shownName: wire.n,
    sub: wire.s,
    isSimulated: wire.f === 1,
    sessionId: wire.i,
    deviceKey: wire.d,
    clientPublic: bytes(wire.A),
    serverPublic: bytes(wire.B),
    serverSecret: bytes(wire.b),
    expiresAt: wire.x,
    bytes: sealed,
  };
}

const text = (value: Uint8Array): string => Buffer.from(value).toString('base64');
const bytes = (value: string): Uint8Array => Buffer.from(value, 'base64');

/** Client ids hold no blanks. */
const placeOf = ({ poolId, id }: Client, secretOf: SecretHolder): Place => ({
  purpose: 'srp',
  poolId,
  item: secretOf === 'device' ? `${id} device` : id,
});
