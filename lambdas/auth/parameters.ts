/** Reads the string maps of sign-in requests. */
import { missingParameter } from '../core/contract/errors.ts';
import type { Parameters } from './sign-in.ts';

/** Administrators may say any text for the address of whoever signs in; it is kept with sessions and devices. */
export const addressIn = (context: { readonly IpAddress: string } | undefined): string | undefined =>
  context?.IpAddress.slice(0, longestAddress);

const longestAddress = 128;

/** An empty value counts as missing. */
export function requireParameter(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (!value) throw missingParameter(name);
  return value;
}

/** The device that a sign-in says it comes from. Whatever is longer than a key is none, and would not fit into a session. */
export const namedDeviceKey = ({ DEVICE_KEY: key }: Parameters): string | undefined =>
  key === undefined || key.length > 55 ? undefined : key;
