/** The signer of a deployment that knows sealed keys alone. */
import type { Signer } from '../../core/ports/signer.ts';
import type { SigningKeyStore } from '../../core/ports/signing-key-store.ts';
import { rsaSigner } from './rsa-signer.ts';
import { type SealedKeyPorts, sealedKeyMaker } from './sealed-key-maker.ts';
import { sealedKeySigner } from './sealed-key-signer.ts';

export interface SealedSignerPorts extends SealedKeyPorts {
  readonly keys: SigningKeyStore;
}

export const sealedSigner = (ports: SealedSignerPorts): Signer =>
  rsaSigner({
    keys: ports.keys,
    clock: ports.clock,
    signers: { sealed: sealedKeySigner(ports) },
    maker: sealedKeyMaker(ports),
  });
