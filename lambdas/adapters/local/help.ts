/** The help text of `npm start`, from the table of options. */
import { type ArgsDef, renderUsage } from 'citty';
import { optionTable } from './options.ts';

export function helpText(version: string): Promise<string> {
  return renderUsage({
    meta: { name: 'npm start --', version, description: 'The whole service on one machine' },
    args: Object.fromEntries(Object.entries(optionTable).map(([name, option]) => [name, describe(option)])),
  });
}

function describe(option: (typeof optionTable)[keyof typeof optionTable]): ArgsDef[string] {
  const [variable] = option.environment;
  return {
    type: option.type,
    description: variable ? `${option.description} [${variable}]` : option.description,
    ...('hint' in option ? { valueHint: option.hint } : {}),
  };
}
