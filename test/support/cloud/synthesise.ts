/** Synthesises the CDK app into a folder of its own, in the process that does so for all tests of the run. */
import { rm } from 'node:fs/promises';
import { inject } from 'vitest';

export type Context = Readonly<Record<string, string>>;

export interface Synthesised {
  readonly folder: string;
  remove(): Promise<void>;
}

/** `context`: as after `-c`. */
export async function synthesise(context: Context): Promise<Synthesised> {
  const answer = await fetch(inject('synthesiser'), { method: 'POST', body: JSON.stringify(context) });
  const said = await answer.text();
  if (!answer.ok) throw new Error(`The app cannot be synthesised:\n${said}`);
  return { folder: said, remove: () => rm(said, { recursive: true, force: true }) };
}
