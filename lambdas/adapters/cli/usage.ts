/** Help texts, from the table of commands. */
import { type ArgsDef, renderUsage } from 'citty';
import type { Command, Option } from './command.ts';
import { commands } from './commands.ts';

/** About all commands (no words), those of a group, or one. */
export async function usageOf(words: string, version: string): Promise<string> {
  const one = commands.find((command) => command.words === words);
  const text = await (one ? usageOfOne(one) : usageOfMany(words));
  // The first line names the program in a way that puts its name last.
  const [, ...usage] = text.split('\n');
  const lead = one ? one.summary : `Millpond ${version}: access to the API of a deployment, or of one machine`;
  return [lead, ...usage, 'docs/cli.md tells more, with examples.'].map((line) => line.trimEnd()).join('\n');
}

async function usageOfMany(group: string): Promise<string> {
  const shown = commands.filter(({ words }) => group === '' || words.startsWith(`${group} `));
  const skipped = group === '' ? 0 : group.length + 1;
  const entries = shown.map(
    ({ words, summary }) => [words.slice(skipped), { meta: { description: summary } }] as const,
  );
  const name = group === '' ? 'millpond' : `millpond ${group}`;
  const usage = await renderUsage({ meta: { name }, subCommands: Object.fromEntries(entries) });
  // They are listed below.
  return usage.replace(entries.map(([words]) => words).join('|'), '<command> [OPTIONS]');
}

function usageOfOne({ words, positional, options }: Command): Promise<string> {
  const args: ArgsDef = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, describe(option)]));
  const named: ArgsDef = positional ? { [positional.name]: { type: 'positional', ...positional } } : {};
  return renderUsage({ meta: { name: `millpond ${words}` }, args: { ...named, ...args } });
}

function describe({ type, description, hint, environment, required }: Option): ArgsDef[string] {
  return {
    type,
    description: environment === undefined ? description : `${description} [${environment}]`,
    ...(hint !== undefined && { valueHint: hint }),
    ...(required && { required }),
  };
}
