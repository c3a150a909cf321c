/** Devices as rows of their users, and the rows that stay of those that were forgotten. */
import type { Device } from '../../core/model/device.ts';
import { bytesIn, findText, flagIn, layout, numberIn, present, requireLayout, seconds, textIn } from './fields.ts';
import { ttlAttribute } from './keys.ts';
import type { Item, Key } from './table.ts';

const newest = 1;

export const encodeDevice = (key: Key, device: Device): Item =>
  present({
    ...key,
    ...layout(newest),
    k: device.key,
    sub: device.sub,
    nm: device.name,
    re: device.remembered,
    ve: device.verifier,
    ca: device.createdAt,
    ma: device.modifiedAt,
    aa: device.authenticatedAt,
    ip: device.lastAddress,
    n: device.version,
  });

export function decodeDevice(item: Item): Device {
  requireLayout(item, newest);
  return {
    key: textIn(item, 'k'),
    sub: textIn(item, 'sub'),
    name: findText(item, 'nm'),
    remembered: flagIn(item, 're'),
    verifier: bytesIn(item, 've'),
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    authenticatedAt: numberIn(item, 'aa'),
    lastAddress: findText(item, 'ip'),
    version: numberIn(item, 'n'),
  };
}

/** `until` in milliseconds. */
export const encodeForgotten = (key: Key, sub: string, until: number): Item => ({
  ...key,
  ...layout(newest),
  sub,
  [ttlAttribute]: seconds(until),
});
