/** Secrets of authenticator apps as rows of the sign-in set: one for each user. */
import type { SoftwareToken } from '../../core/model/software-token.ts';
import { findBytes, findNumber, findText, requireLayout } from './fields.ts';
import type { Item } from './table.ts';

export const softwareTokenLayout = 1;

export function decodeSoftwareToken(item: Item): SoftwareToken {
  requireLayout(item, softwareTokenLayout);
  return {
    secret: findBytes(item, 'sec'),
    name: findText(item, 'nm'),
    pending: findBytes(item, 'pe'),
    lastStep: findNumber(item, 'ls') ?? 0,
  };
}
