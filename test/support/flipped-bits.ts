/** Bytes that differ from given ones in a single bit. */

/** Of base64url, and in base64url again; `where` is from 0 to 1. */
export function flipBit(text: string, where: number): string {
  const bytes = Buffer.from(text, 'base64url');
  const bit = Math.min(Math.floor(where * bytes.length * 8), bytes.length * 8 - 1);
  const at = bit >> 3;
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit & 7)), at);
  return bytes.toString('base64url');
}
