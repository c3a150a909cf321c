/** Reads a command line by the table of commands: which command, and what was given to it. */
import { parseArgs } from 'node:util';
import { badUsage } from './cannot-do.ts';
import type { Command, Given, Options, Values } from './command.ts';
import { commands } from './commands.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Help is about all commands, about those that begin with some words, or about one. */
export type Asked =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly words: string }
  | { readonly kind: 'command'; readonly command: Command; readonly given: Given<Options> };

export function readCommandLine(args: readonly string[], environment: Environment): Asked {
  const first = args.findIndex((arg) => arg.startsWith('-'));
  const words = first === -1 ? args : args.slice(0, first);
  if (args[0] === '--version') return { kind: 'version' };
  const found = commands.find((command) => `${words.join(' ')} `.startsWith(`${command.words} `));
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help', words: found?.words ?? groupOf(words) };
  if (!found) throw badUsage(missing(words));
  const rest = args.slice(found.words.split(' ').length);
  return { kind: 'command', command: found, given: read(found, rest, environment) };
}

/** The word that commands begin with; empty where there are none. */
function groupOf([group = '']: readonly string[]): string {
  return commands.some(({ words }) => words.startsWith(`${group} `)) ? group : '';
}

function missing(words: readonly string[]): string {
  const group = groupOf(words);
  const [, verb = ''] = words;
  if (group !== '' && verb === '') return `millpond ${group} needs a command: millpond ${group} --help lists them.`;
  if (group !== '') return `There is no command ${group} ${verb}: millpond ${group} --help lists them.`;
  if (words[0] === undefined) return 'A command comes first: millpond --help lists them.';
  return `There is no command ${words[0]}: millpond --help lists them.`;
}

function read(command: Command, args: readonly string[], environment: Environment): Given<Options> {
  const { words, positional, options } = command;
  const { values, positionals } = parse(args, options, words);
  const [name = '', stray] = positionals;
  const surplus = positional === undefined ? positionals[0] : stray;
  if (surplus !== undefined) throw badUsage(`millpond ${words} does not take ${surplus}.`);
  if (positional !== undefined && name === '') {
    throw badUsage(`millpond ${words} needs ${positional.name.toUpperCase()}: millpond ${words} --help tells more.`);
  }
  const all = { ...fromEnvironment(options, environment), ...values };
  requireValues(options, all);
  // As the options say, with which they were parsed.
  return { name, values: all as Values<Options> };
}

type Said = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(args: readonly string[], options: Options, words: string) {
  const table = Object.fromEntries(
    Object.entries(options).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
  );
  try {
    return parseArgs({ args: [...args], options: table, allowPositionals: true });
  } catch (error) {
    // It names the option in its first sentence; what follows is about options that look like positionals.
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split(/\.\s|\n/);
    throw badUsage(`${sentence.replace(/\.$/, '')}. millpond ${words} --help lists the options.`);
  }
}

function fromEnvironment(options: Options, environment: Environment): Said {
  const spoken = Object.entries(options).flatMap(([name, { environment: variable }]) => {
    const text = variable === undefined ? undefined : environment[variable];
    return text ? [[name, text] as const] : [];
  });
  return Object.fromEntries(spoken);
}

function requireValues(options: Options, said: Said): void {
  for (const [name, { required }] of Object.entries(options)) {
    if (required && said[name] === undefined) throw badUsage(`--${name} is missing.`);
    if ([said[name]].flat().includes('')) throw badUsage(`--${name} needs a value.`);
  }
}
