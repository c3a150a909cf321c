/** What browsers are told about requests from pages of other sites, by functions and by the edge in front of them. */

/** On every answer. */
export const openToAllPages = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
  'Cache-Control': 'no-store',
} as const;

/** On the answer to the question that browsers ask beforehand. */
export const preflightHeaders = {
  'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
  'Access-Control-Max-Age': '172800',
} as const;

/** What SDKs send from a browser. */
export const usualHeaders: readonly string[] = [
  'authorization',
  'content-type',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-target',
  'x-amz-user-agent',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'cache-control',
];
