/** Tells kinds of images apart by how they begin. */
import type { AssetExtension } from '../core/model/style.ts';

/** Whether the bytes are what they are called. An SVG image is text, and looked at no further than it takes to know it. */
export const isImage = (type: AssetExtension, bytes: Uint8Array): boolean =>
  type === 'SVG' ? isSvg(bytes) : signatures[type].some((signature) => beginsWith(bytes, signature));

/** Bytes by their place; what is not there may be anything. */
type Signature = readonly (number | undefined)[];

const text = (characters: string): Signature => [...Buffer.from(characters, 'latin1')];
const anyFour: Signature = [undefined, undefined, undefined, undefined];

const signatures: Readonly<Record<Exclude<AssetExtension, 'SVG'>, readonly Signature[]>> = {
  ICO: [[0, 0, 1, 0]],
  JPEG: [[0xff, 0xd8, 0xff]],
  PNG: [text('\x89PNG\r\n\x1a\n')],
  WEBP: [[...text('RIFF'), ...anyFour, ...text('WEBP')]],
};

const beginsWith = (bytes: Uint8Array, signature: Signature): boolean =>
  signature.every((byte, index) => index < bytes.length && (byte === undefined || bytes[index] === byte));

/** UTF-8 whose first element is `svg`, after whatever XML has before it. It declares no entities, which can grow. */
function isSvg(bytes: Uint8Array): boolean {
  const xml = decode(bytes);
  if (xml === undefined || xml.includes('\0') || /<!ENTITY/i.test(xml)) return false;
  let rest = xml.trimStart();
  for (let next = afterPreamble(rest); next !== undefined; next = afterPreamble(rest)) rest = next.trimStart();
  return /^<(\w+:)?svg[\s/>]/.test(rest);
}

/** What follows a declaration, an instruction, a comment or a document type, if the XML begins with one. */
function afterPreamble(xml: string): string | undefined {
  const [, end] = preambles.find(([start]) => xml.startsWith(start)) ?? [];
  const at = end === undefined ? -1 : xml.indexOf(end);
  return end === undefined || at < 0 ? undefined : xml.slice(at + end.length);
}

const preambles = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
] as const;

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
