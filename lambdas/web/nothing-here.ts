/** What is answered where there is no page. */
import type { ApiRequest } from '../core/model/api-request.ts';
import type { Answer } from '../core/pipeline/gateway-events.ts';

/** Whatever reaches no other function ends here. */
export const nothingHere = ({ path }: ApiRequest): Answer => ({
  status: 404,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  body: JSON.stringify({ message: path === '/' ? askedForNoOperation : notBuilt }),
});

const askedForNoOperation = 'Operations are sent by POST with the header X-Amz-Target';
const notBuilt = 'Not found. The OAuth 2.0 endpoints and sign-in pages are not part of this version.';
