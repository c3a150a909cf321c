/** Tells the operators of a request what went wrong on the side, without failing it: it is logged with the request. */
export interface Notices {
  /** In English, and with nothing in it that a caller sent or must not see. */
  add(notice: string): void;
}
