/** The help text of `npm start`, from the table of options. */
import { type ArgsDef, renderUsage } from 'citty';
import { optionTable } from './options.ts';

export async function helpText(version: string): Promise<string> {
  const args = Object.fromEntries(Object.entries(optionTable).map(([name, option]) => [name, describe(option)]));
  // The first line names the program in a way that suits no npm script.
  const [, ...usage] = (await renderUsage({ meta: { name: 'npm start --' }, args })).split('\n');
  const lines = [
    `Millpond ${version}: the whole service on one machine`,
    ...usage,
    'docs/running.md tells more of each.',
  ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

function describe(option: (typeof optionTable)[keyof typeof optionTable]): ArgsDef[string] {
  const [variable] = option.environment;
  return {
    type: option.type,
    description: variable ? `${option.description} [${variable}]` : option.description,
    ...('hint' in option ? { valueHint: option.hint } : {}),
  };
}
