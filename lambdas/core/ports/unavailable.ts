/** Thrown by an adapter whose other side could not be reached or is overloaded: the caller may try again. */
export class Unavailable extends Error {
  override readonly name: string = 'Unavailable';
}

/** The other side answered that it is asked too often, and went on to when asked again. */
export class Throttled extends Unavailable {
  override readonly name = 'Throttled';
}
