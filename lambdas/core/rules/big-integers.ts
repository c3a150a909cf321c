/** Non-negative integers as bytes, as hex digits and as `PAD` writes them for hashing. */

export const fromBytes = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** Big-endian, filled with zeros on the left. */
export const toBytes = (integer: bigint, length: number): Buffer =>
  Buffer.from(integer.toString(16).padStart(2 * length, '0'), 'hex');

/** Lower case, without leading zeros: an odd number of digits is usual. */
export const toHex = (bytes: Uint8Array): string => fromBytes(bytes).toString(16);

/** Digits of either case with any leading zeros; `undefined` for everything else and for more than `length` bytes. */
export const parseHex = (text: string, length: number): bigint | undefined => {
  if (!/^[0-9a-f]+$/i.test(text)) return undefined;
  const digits = text.replace(/^0+/, '');
  return digits.length > 2 * length ? undefined : BigInt(`0x0${digits}`);
};

/** Minimal two's-complement bytes: no leading zeros, except one before a first bit that is set. */
export const pad = (bytes: Uint8Array): Buffer => {
  const start = bytes.findIndex((byte) => byte !== 0);
  if (start === -1) return Buffer.alloc(1);
  const minimal = bytes.subarray(start);
  return isNegativeLooking(minimal) ? Buffer.concat([Buffer.alloc(1), minimal]) : Buffer.from(minimal);
};

const isNegativeLooking = (bytes: Uint8Array): boolean => ((bytes[0] ?? 0) & 0x80) !== 0;
