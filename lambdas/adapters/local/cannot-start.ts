/** What keeps the service from starting, as one sentence for the person at the terminal. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
  /** 2 when an option or a seed file is wrong, 1 when the machine stands in the way. */
  readonly exitCode: 1 | 2;

  constructor(sentence: string, exitCode: 1 | 2, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

export const badOption = (sentence: string): CannotStart => new CannotStart(sentence, 2);

export const badMachine = (sentence: string, cause?: unknown): CannotStart => new CannotStart(sentence, 1, { cause });
