/** Thrown by an adapter whose other side could not be reached or is overloaded: the caller may try again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
