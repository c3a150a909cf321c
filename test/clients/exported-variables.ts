/** The variables that `npm start` says to export, as a shell would set them. */
import { type Announced, announcement } from '../../lambdas/adapters/local/announce.ts';

export function exportedVariables(service: Announced): ReadonlyMap<string, string> {
  const lines = announcement(service).matchAll(/^ *export (?<name>\w+)=(?<value>[\w./:@%+,=-]*)$/gm);
  return new Map(Array.from(lines, ({ groups }) => [String(groups?.['name']), String(groups?.['value'])]));
}
