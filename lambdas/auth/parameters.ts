/** Reads the string maps of sign-in requests. */
import { missingParameter } from '../core/contract/errors.ts';
import type { Parameters } from './sign-in.ts';

/** An empty value counts as missing. */
export function requireParameter(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (!value) throw missingParameter(name);
  return value;
}
