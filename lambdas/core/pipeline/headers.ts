/** The headers that every answer of the API carries. */

/** The request's id, what lets a page read the answer, and that nobody keeps it. `Date` is the gateway's. */
export const headersOfAll = (requestId: string): Record<string, string> => ({
  'x-amzn-RequestId': requestId,
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
  'Cache-Control': 'no-store',
});
