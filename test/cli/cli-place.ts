/** What tests of the command line stand on, kept until the end of their file: they run side by side. */
import { afterAll } from 'vitest';
import { newPerson, type Person } from './cli-process.ts';
import { type Answer, type IamListener, newListener } from './iam-listener.ts';
import type { Later } from './later.ts';

export interface CliPlace {
  aPerson(environment?: Readonly<Record<string, string>>, files?: Readonly<Record<string, string>>): Promise<Person>;
  /** Answers whoever signed as Ada; where it is open, whoever asks. */
  iamListener(answer: object | Answer, isOpen?: boolean): Promise<IamListener>;
}

export function cliPlace(): CliPlace {
  const works: (() => Promise<unknown>)[] = [];
  const later: Later = (work) => void works.push(work);
  afterAll(async () => {
    await Promise.all(works.map((work) => work()));
  });
  return {
    aPerson: (environment, files) => newPerson(later, environment, files),
    iamListener: (answer, isOpen) => newListener(later, answer, isOpen),
  };
}
