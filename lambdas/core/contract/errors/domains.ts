/** Refusals about domains: the names that the pages of a pool stand under. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

const recorded = (message: string): Refusal => new Refusal('InvalidParameterException', message, 'recorded');

// Names

export const domainNameInvalid = (): Refusal =>
  recorded(
    'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens.',
  );

export const domainReserved = (word: string): Refusal =>
  invalidParameter(`Domain cannot contain reserved word: ${word}`);

export const customDomainInvalid = (): Refusal => recorded('Custom domain is not a valid subdomain');

export const domainTaken = (): Refusal => recorded('Domain already associated with another user pool');

export const poolHasDomain = (): Refusal => recorded('User pool already has a domain configured.');

/** Of another pool, or of none. */
export const noSuchDomain = (): Refusal => recorded('No such domain or user pool exists.');

// What a domain is told

export const managedLoginVersionUnknown = (): Refusal => invalidParameter('ManagedLoginVersion must be 1 or 2.');

export const managedLoginNotInTier = (tier: string): Refusal =>
  new Refusal(
    'FeatureUnavailableInTierException',
    `The following feature is not available for the ${tier} pricing tier configured: Managed Login Version 2`,
    'recorded',
  );

export const certificateRefused = (): Refusal =>
  recorded(
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
  );

export const prefixWithCertificate = (): Refusal =>
  invalidParameter('CustomDomainConfig can be set for a custom domain alone.');

// What needs a domain, or that there is none

export const domainMissing = (): Refusal =>
  recorded('There has to be an existing domain associated with this user pool');

export const domainKeepsPool = (): Refusal =>
  recorded('User pool cannot be deleted. It has a domain configured that should be deleted first.');
