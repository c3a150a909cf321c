/** What the check of an AWS signature refuses. */

import { Refusal } from './refusal.ts';

export const signatureMissing = (): Refusal =>
  new Refusal('MissingAuthenticationTokenException', 'Missing Authentication Token', 'recorded');

export const authorizationIncomplete = (missing: readonly string[], header: string): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    `${missing.map((part) => `Authorization header requires '${part}' parameter. `).join('')}Authorization=${header}`,
  );

export const presignedQueryIncomplete = (missing: readonly string[]): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    missing.map((part) => `AWS query-string parameters must include '${part}'.`).join(' '),
  );

export const credentialMalformed = (credential: string): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
  );

export const regionInvalid = (): Refusal =>
  new Refusal('InvalidSignatureException', 'Credential should be scoped to a valid region. ');

/** Where signatures are not checked; the message is this service's own. */
export const pageOfAnotherSite = (): Refusal =>
  new Refusal(
    'AccessDeniedException',
    'Signatures are not checked here, so signed operations are not for pages of other sites',
  );
