/** Seals secrets with AES-256-GCM under keys that are derived for one purpose of one pool. */
import { createHmac, type KeyObject } from 'node:crypto';
import type { Place, Sealer } from '../../core/ports/sealer.ts';
import { decrypt, encrypt, gcmOverhead } from './aes-gcm.ts';
import { type DataKey, type DataKeyPorts, dataKeys } from './data-keys.ts';

/** A sealed value: layout (1), version of the data key (4), then IV, ciphertext and tag. */
const layout = 1;
const headerLength = 5;

export const ringSealer = (ports: DataKeyPorts): Sealer => {
  const keys = dataKeys(ports);
  return {
    async seal(plain, place) {
      const key = await keys.newest();
      const sealed = encrypt(ports.random, sealingKey(key, place), plain, bindingOf(place));
      return Buffer.concat([headerOf(key), sealed]);
    },

    async open(sealed, place) {
      if (sealed[0] !== layout || sealed.length < headerLength + gcmOverhead) return undefined;
      const key = await keys.find(versionOf(sealed));
      return key && decrypt(sealingKey(key, place), sealed.subarray(headerLength), bindingOf(place));
    },

    async digest(text, { poolId, purpose }) {
      // A digest has no room for a version and must come out the same for ever: it stays with the first key.
      const key = (await keys.find(1)) ?? (await keys.newest());
      return createHmac('sha256', key.derive(poolId, `digest ${purpose}`))
        .update(text, 'utf8')
        .digest();
    },
  };
};

const sealingKey = (key: DataKey, { poolId, purpose }: Place): KeyObject => key.derive(poolId, `seal ${purpose}`);

/** JSON keeps the parts apart, whatever characters they hold. */
const bindingOf = ({ purpose, poolId, item }: Place): Buffer => Buffer.from(JSON.stringify([purpose, poolId, item]));

const headerOf = ({ version }: DataKey): Buffer => {
  const header = Buffer.alloc(headerLength);
  header.writeUInt8(layout);
  header.writeUInt32BE(version, 1);
  return header;
};

const versionOf = (sealed: Uint8Array): number =>
  new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength).getUint32(1);
