/** Commands that do one thing to one thing: delete, disable and enable look the same for everything there is. */
import { type Command, command } from './command.ts';
import { whereAndWho } from './options.ts';

export interface Noun {
  /** As people type it. */
  readonly word: 'policy' | 'principal' | 'key';
  /** As the names of actions end. */
  readonly action: 'Policy' | 'Principal' | 'AccessKey';
  /** What the action calls the name. */
  readonly member: 'Name' | 'AccessKeyId';
  /** What stands for it on a command line. */
  readonly positional: { readonly name: string; readonly description: string };
}

const verbs = [
  { word: 'delete', action: 'Delete', done: 'Deleted' },
  { word: 'disable', action: 'Disable', done: 'Disabled' },
  { word: 'enable', action: 'Enable', done: 'Enabled' },
] as const;

export const actionsOn = (noun: Noun, summaries: Readonly<Record<string, string>>): readonly Command[] =>
  verbs.map(({ word, action, done }) =>
    command({
      words: `${noun.word} ${word}`,
      summary: summaries[word] ?? '',
      positional: noun.positional,
      options: whereAndWho,
      async run({ name }, { call }) {
        await call(`${action}${noun.action}`, { [noun.member]: name });
        return `${done} ${noun.word} ${name}.`;
      },
    }),
  );
