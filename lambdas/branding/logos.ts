/** The logo of the classic pages. */
import { logoInvalid, logoTooLarge } from '../core/contract/errors.ts';
import type { Logo } from '../core/model/ui-customization.ts';
import { isImage } from './image-types.ts';

/** 100 KB, as the developer guide says; the model of the API has a larger bound. */
const largest = 100 * 1024;

const types = ['PNG', 'JPEG'] as const;

export function requireLogo(bytes: Uint8Array): Logo {
  const type = types.find((each) => isImage(each, bytes));
  if (type === undefined) throw logoInvalid();
  if (bytes.length > largest) throw logoTooLarge(largest);
  return { type, bytes };
}
