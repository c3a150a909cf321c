/** Reads which quotas and request rates are not as usual. */
import { type Limits, LimitsRefused, limitSettings, requireLimits } from '../../core/contract/limits-document.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { badOption } from './cannot-start.ts';
import { readYamlFile } from './yaml-file.ts';

/** A file, or a document of the same form. */
export async function readLimits(given: string | Limits): Promise<Pick<Settings, 'rates' | 'maximumRates' | 'quotas'>> {
  if (typeof given !== 'string') return checkLimits(given, 'limits');
  return checkLimits(await readYamlFile(given, 'limits file'), given);
}

function checkLimits(document: unknown, source: string) {
  try {
    return limitSettings(requireLimits(document));
  } catch (error) {
    if (error instanceof LimitsRefused) throw badOption(`${source}: ${error.message}`);
    throw error;
  }
}
