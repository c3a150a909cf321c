/** Keeps pages of other sites from signed operations where nobody checks signatures. */
import { pageOfAnotherSite } from '../contract/errors.ts';
import type { ApiRequest } from '../model/api-request.ts';
import type { Settings } from '../ports/settings.ts';

/**
 * Any site that somebody on this machine looks at can make their browser send requests here, be it under a name that it
 * has pointed at this machine (DNS rebinding). Browsers say with each POST which site that is (Fetch, 3.2); programs do
 * not. What people and applications may call themselves stays open to every site, as pages need it.
 */
export function requireOwnPage({ headers }: ApiRequest, { issuerBase }: Settings): void {
  const { origin } = headers;
  if (origin === undefined) return;
  const host = URL.parse(origin)?.hostname ?? '';
  // Whoever names an issuer has given the service that name.
  if (!isOfThisMachine(host) && host !== URL.parse(issuerBase)?.hostname) throw pageOfAnotherSite();
}

/** Browsers keep `localhost` and what is under it to this machine. */
const isOfThisMachine = (host: string): boolean => /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
