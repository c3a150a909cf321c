/** The options of `npm start`: one table for flags, environment variables and the help text. */
import { parseArgs } from 'node:util';
import { badOption } from './cannot-start.ts';

interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given more than once; in the environment, parted by commas. */
  readonly multiple?: true;
  readonly hint?: string;
  readonly description: string;
  /** In order of precedence, below the flag. */
  readonly environment: readonly string[];
}

export const optionTable = {
  port: {
    type: 'string',
    hint: 'number',
    description: 'Port to listen on; 0 picks a free one (default 9229)',
    environment: ['MILLPOND_PORT'],
  },
  host: {
    type: 'string',
    hint: 'address',
    description: 'Address to listen on (default localhost: 127.0.0.1 and, where the machine has it, ::1)',
    environment: ['MILLPOND_HOST'],
  },
  data: {
    type: 'string',
    hint: 'folder',
    description: 'Folder for the table, the master key and the outbox (default .millpond)',
    environment: ['MILLPOND_DATA'],
  },
  memory: {
    type: 'boolean',
    description: 'Keep everything in memory and forget it at the end',
    environment: ['MILLPOND_MEMORY'],
  },
  https: {
    type: 'boolean',
    description: 'Listen on a second port with a generated certificate and print the file of its CA',
    environment: ['MILLPOND_HTTPS'],
  },
  'https-port': {
    type: 'string',
    hint: 'number',
    description: 'The second port (default: the one after --port)',
    environment: ['MILLPOND_HTTPS_PORT'],
  },
  issuer: {
    type: 'string',
    hint: 'url',
    description: 'Base of the issuer URLs in tokens (default: the endpoint)',
    environment: ['MILLPOND_ISSUER'],
  },
  region: {
    type: 'string',
    hint: 'name',
    description: 'Region of requests that are not signed for one (default us-east-1)',
    environment: ['MILLPOND_REGION'],
  },
  account: {
    type: 'string',
    hint: 'id',
    description: 'Account in ARNs, 12 digits (default 000000000000)',
    environment: ['MILLPOND_ACCOUNT'],
  },
  seed: {
    type: 'string',
    multiple: true,
    hint: 'file',
    description: 'YAML or JSON file of pools, clients and users to have; may be repeated',
    environment: ['MILLPOND_SEED'],
  },
  limits: {
    type: 'string',
    hint: 'file',
    description: 'YAML or JSON file of quotas and request rates in place of the usual (default: rates are not limited)',
    environment: ['MILLPOND_LIMITS'],
  },
  signatures: {
    type: 'string',
    hint: 'open|strict',
    description: 'Whether request signatures and policies are checked (default open: asked for, not checked)',
    environment: ['MILLPOND_SIGNATURES'],
  },
  principals: {
    type: 'string',
    hint: 'file',
    description: 'YAML or JSON file of who may sign what, for --signatures strict (default: one administrator)',
    environment: ['MILLPOND_PRINCIPALS'],
  },
  'iam-bridge': {
    type: 'string',
    multiple: true,
    hint: 'account',
    description: 'AWS account whose callers get credentials here when STS says who they are; may be repeated',
    environment: ['MILLPOND_IAM_BRIDGE'],
  },
  dynamodb: {
    type: 'string',
    hint: 'url',
    description: 'Keep the table in this DynamoDB endpoint instead of the embedded engine',
    environment: ['MILLPOND_DYNAMODB', 'DYNAMODB_ENDPOINT'],
  },
  smtp: {
    type: 'string',
    hint: 'url',
    description: 'Send e-mail through this server (smtp:// or smtps://); the outbox is then off',
    environment: ['MILLPOND_SMTP'],
  },
  'mail-from': {
    type: 'string',
    hint: 'address',
    description: 'Sender of e-mail where the pool names none (default no-reply@localhost)',
    environment: ['MILLPOND_MAIL_FROM'],
  },
  triggers: {
    type: 'string',
    hint: 'file',
    description: 'YAML or JSON file of the functions that pools name: modules, URLs or real ones (default: none runs)',
    environment: ['MILLPOND_TRIGGERS', 'TRIGGERS_FILE'],
  },
  'trigger-timeout': {
    type: 'string',
    hint: 'ms',
    description: 'How long a function may take for one attempt (default 5000)',
    environment: ['MILLPOND_TRIGGER_TIMEOUT', 'TRIGGER_TIMEOUT_MS'],
  },
  'trigger-attempts': {
    type: 'string',
    hint: 'number',
    description: 'How often a function is asked that does not answer in time (default 3)',
    environment: ['MILLPOND_TRIGGER_ATTEMPTS', 'TRIGGER_MAX_ATTEMPTS'],
  },
  'outbox-public': {
    type: 'boolean',
    description: 'Let other machines read the outbox',
    environment: ['MILLPOND_OUTBOX_PUBLIC', 'OUTBOX_PUBLIC'],
  },
  help: { type: 'boolean', description: 'Print this help', environment: [] },
  version: { type: 'boolean', description: 'Print the version', environment: [] },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof optionTable;

/** What was said, unchecked: a text, a list of texts where an option repeats, or a switch. */
export type Said = { readonly [K in OptionName]?: string | readonly string[] | boolean };

export type Environment = Readonly<Record<string, string | undefined>>;

/** Flags over environment variables; a flag that does not exist is refused. */
export function readOptions(args: readonly string[], environment: Environment): Said {
  return { ...readEnvironment(environment), ...readFlags(args) };
}

function readFlags(args: readonly string[]): Said {
  const said = parseFlags(args);
  const [empty] = Object.entries(said).find(([, value]) => [value].flat().includes('')) ?? [];
  if (empty !== undefined) throw badOption(`--${empty} needs a value.`);
  return said;
}

function parseFlags(args: readonly string[]): Said {
  try {
    return parseArgs({ args: [...args], options: flagTable(), allowNegative: true }).values; // As the table says.
  } catch (error) {
    // parseArgs names the flag in its first sentence; what follows explains positional arguments, which there are none.
    const [sentence] = String(error instanceof Error ? error.message : error).split(/\.\s/);
    throw badOption(`${sentence?.replace(/\.$/, '')}. --help lists the options.`);
  }
}

function flagTable(): Record<string, { type: 'string' | 'boolean'; multiple?: boolean }> {
  const entries = Object.entries<Option>(optionTable);
  return Object.fromEntries(
    entries.map(([name, { type, multiple = false }]) => [name, type === 'string' ? { type, multiple } : { type }]),
  );
}

function readEnvironment(environment: Environment): Said {
  const said: Record<string, string | readonly string[] | boolean> = {};
  for (const [name, option] of Object.entries<Option>(optionTable)) {
    const variable = option.environment.find((candidate) => environment[candidate]);
    const text = variable && environment[variable];
    if (!text) continue;
    if (option.type === 'boolean') said[name] = readSwitch(variable, text);
    else said[name] = option.multiple ? text.split(',').map((part) => part.trim()) : text;
  }
  return said;
}

function readSwitch(variable: string, text: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off'].includes(text.toLowerCase())) return false;
  throw badOption(`${variable} must be 1 or 0.`);
}
