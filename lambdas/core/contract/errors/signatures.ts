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

export const algorithmUnsupported = (algorithm: string): Refusal =>
  new Refusal('IncompleteSignatureException', `Unsupported AWS 'algorithm': '${algorithm}'.`);

/** Presigned requests carry in their address what lets others repeat them; the message is this service's own. */
export const presignedNotAccepted = (): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    'Signatures in the query string are not accepted here: sign with the Authorization header',
  );

export const signedDateMissing = (header: string): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    `Authorization header requires existence of a 'X-Amz-Date' header. Authorization=${header}`,
  );

export const signedDateMalformed = (date: string): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  );

export const serviceScopeWrong = (service: string): Refusal =>
  new Refusal('InvalidSignatureException', `Credential should be scoped to correct service: '${service}'. `);

export const scopeEndWrong = (end: string): Refusal =>
  new Refusal(
    'InvalidSignatureException',
    `Credential should be scoped with a valid terminator: 'aws4_request', not '${end}'. `,
  );

export const scopeDateWrong = (scoped: string, date: string): Refusal =>
  new Refusal(
    'InvalidSignatureException',
    'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
      `'${scoped}' != '${date.slice(0, 8)}', from '${date}'.`,
  );

export const headerNotSigned = (name: string): Refusal =>
  new Refusal('InvalidSignatureException', `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);

/** A signature for another service must not be repeated here; the message is this service's own. */
export const hostNotOurs = (host: string): Refusal =>
  new Refusal('InvalidSignatureException', `The request was signed for the host '${host}', which is not this service.`);

/** All times as in `x-amz-date`. */
export const signatureExpired = (signed: string, earliest: string, now: string): Refusal =>
  new Refusal(
    'InvalidSignatureException',
    `Signature expired: ${signed} is now earlier than ${earliest} (${now} - 5 min.)`,
  );

export const signatureNotYetCurrent = (signed: string, latest: string, now: string): Refusal =>
  new Refusal(
    'InvalidSignatureException',
    `Signature not yet current: ${signed} is still later than ${latest} (${now} + 5 min.)`,
  );

/** Unsigned and streamed payloads as well. */
export const payloadHashWrong = (): Refusal =>
  new Refusal(
    'InvalidSignatureException',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );

export const signatureMismatch = (): Refusal =>
  new Refusal(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
      'and signing method. Consult the service documentation for details.',
  );

export const securityTokenInvalid = (): Refusal =>
  new Refusal('UnrecognizedClientException', 'The security token included in the request is invalid.', 'recorded');

export const securityTokenExpired = (): Refusal =>
  new Refusal('ExpiredTokenException', 'The security token included in the request is expired', 'documented');

/** Only where repeated requests are refused; the message is this service's own. */
export const signatureUsed = (): Refusal =>
  new Refusal('InvalidSignatureException', 'A request with this signature has been made before: sign it anew.');

/** No policy allows it. */
export const notAllowed = (arn: string, action: string, resource: string): Refusal =>
  new Refusal(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no identity-based policy allows the ${action} action`,
    'recorded',
  );

/** A policy forbids it, whatever others allow. */
export const explicitlyDenied = (arn: string, action: string, resource: string): Refusal =>
  new Refusal(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ` +
      'with an explicit deny in an identity-based policy',
  );

/** Policies allow it, and the policy of the session does not. */
export const notAllowedInSession = (arn: string, action: string, resource: string): Refusal =>
  new Refusal(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no session policy allows the ${action} action`,
    'documented',
  );

export const deniedInSession = (arn: string, action: string, resource: string): Refusal =>
  new Refusal(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ` +
      'with an explicit deny in a session policy',
    'documented',
  );
