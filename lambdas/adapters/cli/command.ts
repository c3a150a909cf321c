/** What a command of the command line is: its words, what it takes, and what it does. */
import type { Workplace } from './workplace.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given more than once. */
  readonly multiple?: true;
  readonly hint?: string;
  readonly description: string;
  /** The variable that speaks where the option does not. */
  readonly environment?: string;
  readonly required?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** What stands behind the words, without a dash. */
export interface Positional {
  readonly name: string;
  readonly description: string;
}

type Value<O extends Option> = O extends { readonly type: 'boolean' }
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : string;

/** By name of the option; absent where nothing was said. */
export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends { readonly required: true } ? Value<O[K]> : Value<O[K]> | undefined;
};

export interface Command {
  /** Such as `policy create`. */
  readonly words: string;
  readonly summary: string;
  readonly positional?: Positional | undefined;
  readonly options: Options;
  /** Resolves with what is to be printed. */
  run(given: Given<Options>, workplace: Workplace): Promise<string>;
}

export interface Given<O extends Options> {
  /** The positional, where the command has one. */
  readonly name: string;
  readonly values: Values<O>;
}

interface Definition<O extends Options> extends Omit<Command, 'options' | 'run'> {
  readonly options: O;
  run(given: Given<O>, workplace: Workplace): Promise<string>;
}

/** The values that a command is run with are read by its own options: the cast says so. */
export const command = <const O extends Options>({ run, ...rest }: Definition<O>): Command => ({
  ...rest,
  run: (given, workplace) => run(given as Given<O>, workplace),
});
