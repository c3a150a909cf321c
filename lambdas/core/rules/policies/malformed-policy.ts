/** A policy document that cannot be understood, as one sentence for whoever wrote it. */
export class MalformedPolicy extends Error {
  override readonly name = 'MalformedPolicy';

  /** `place` is the path of a member, such as `Statement[0].Effect`. */
  constructor(place: string, sentence: string) {
    super(`${place} ${sentence}`);
  }
}
