/** What keeps a command from being done, as one sentence for the person at the terminal. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo';
  /** 2 when the command line, or a file that it names, is wrong; 1 for everything else. */
  readonly exitCode: 1 | 2;

  constructor(sentence: string, exitCode: 1 | 2) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

export const badUsage = (sentence: string): CannotDo => new CannotDo(sentence, 2);

export const failed = (sentence: string): CannotDo => new CannotDo(sentence, 1);
