/** Every command there is, in the order of the help text. */
import type { Command } from './command.ts';
import { credentials } from './credentials-command.ts';
import { keyCommands } from './key-commands.ts';
import { messages } from './messages-command.ts';
import { policyCommands } from './policy-commands.ts';
import { principalCommands } from './principal-commands.ts';

export const commands: readonly Command[] = [
  credentials,
  ...policyCommands,
  ...principalCommands,
  ...keyCommands,
  messages,
];
