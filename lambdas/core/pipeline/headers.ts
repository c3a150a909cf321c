/** The headers that every answer of the API carries. */
import { openToAllPages } from '../contract/cross-origin.ts';

/** The request's id, what lets a page read the answer, and that nobody keeps it. `Date` is the gateway's. */
export const headersOfAll = (requestId: string): Record<string, string> => ({
  'x-amzn-RequestId': requestId,
  ...openToAllPages,
});
