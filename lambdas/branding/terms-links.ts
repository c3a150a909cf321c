/** Where terms can be read. */
import { termsLinkInvalid, termsLinksMissing } from '../core/contract/errors.ts';
import type { Terms } from '../core/model/terms.ts';

type Links = Terms['links'];

/** Pages make links of them, so they must lead to the web: a script as an address would run where people sign in. */
export function requireLinks(links: Links | undefined): Links {
  if (links === undefined) throw termsLinksMissing();
  for (const [language, link] of Object.entries(links)) {
    if (link !== undefined && !isWebAddress(link)) throw termsLinkInvalid(language);
  }
  return { ...links };
}

/** The parser repairs what is no address of the web ("https:x"); browsers might read it in another way. */
const isWebAddress = (link: string): boolean => /^https?:\/\/[^/\\]/i.test(link) && URL.canParse(link);
