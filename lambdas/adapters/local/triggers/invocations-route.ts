/** The invocations of functions under `/_local/triggers`: a page to read, and the same as JSON; for this machine alone. */
import type { Route, RouteRequest } from '../gateway-route.ts';
import { type LocalAnswer, localHeaders, localJson } from '../local-answers.ts';
import { findObjection } from '../outbox-guard.ts';
import type { Invocations } from './invocations.ts';

export const invocationsPath = '/_local/triggers';

const covers = (path: string): boolean => path === invocationsPath || path.startsWith(`${invocationsPath}/`);

/** `hostnames` are names of this machine beside `localhost` and addresses. */
export const invocationsRoute = (invocations: Invocations, hostnames: readonly string[]): Route => ({
  covers,
  async answer(request) {
    const objection = findObjection(request, { isPublic: false, hostnames });
    if (objection !== undefined) return localJson(403, { message: objection });
    return answer(invocations, request);
  },
});

function answer(invocations: Invocations, { method, path }: RouteRequest): LocalAnswer | Promise<LocalAnswer> {
  switch (`${method} ${path.replace(/\/$/, '')}`) {
    case `GET ${invocationsPath}`:
      return page(invocations);
    case `GET ${invocationsPath}/invocations`:
      return localJson(200, { invocations: invocations.all() });
    default:
      return localJson(404, { message: 'There is no such route for triggers.' });
  }
}

async function page(invocations: Invocations): Promise<LocalAnswer> {
  const { invocationsPage } = await import('./invocations-page.ts');
  const body = await invocationsPage(invocations.all());
  return { status: 200, headers: { ...localHeaders, ...pageHeaders }, body };
}

/** Nothing runs, nothing is loaded from elsewhere, and nobody may frame it. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
};
