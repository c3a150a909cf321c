/** Small images, and large ones: as far as their first bytes tell. */

const begin = (bytes: readonly number[], size: number): Uint8Array => {
  const image = new Uint8Array(Math.max(size, bytes.length));
  image.set(bytes);
  return image;
};

/** `size` in bytes, all of them. */
export const png = (size = 0): Uint8Array => begin([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], size);
export const jpeg = (size = 0): Uint8Array => begin([0xff, 0xd8, 0xff, 0xe0], size);
export const ico = (size = 0): Uint8Array => begin([0, 0, 1, 0, 1, 0], size);
export const webp = (size = 0): Uint8Array => begin([0x52, 0x49, 0x46, 0x46, 4, 0, 0, 0, 0x57, 0x45, 0x42, 0x50], size);
export const svg = (content = ''): Uint8Array =>
  new Uint8Array(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`));
export const gif = (): Uint8Array => new Uint8Array(Buffer.from('GIF89a'));
