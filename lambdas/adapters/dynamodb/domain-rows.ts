/** Domains as rows; the row of a pool names those that are its own. */
import { type Domain, type DomainCertificate, type DomainRouting, isCustom } from '../../core/model/domain.ts';
import type { Pool } from '../../core/model/pool.ts';
import { document, documentIn, layout, MalformedItem, numberIn, present, requireLayout, textIn } from './fields.ts';
import { domainKey } from './keys.ts';
import type { Item } from './table.ts';

const newest = 1;

export const encodeDomain = (domain: Domain): Item =>
  present({
    ...domainKey(domain.name),
    ...layout(newest),
    nm: domain.name,
    p: domain.poolId,
    ml: domain.managedLoginVersion,
    ce: domain.certificate && document(domain.certificate),
    ro: domain.routing && document(domain.routing),
    ma: domain.modifiedAt,
  });

export function decodeDomain(item: Item): Domain {
  requireLayout(item, newest);
  // Only `encodeDomain` writes these documents.
  return {
    name: textIn(item, 'nm'),
    poolId: textIn(item, 'p'),
    managedLoginVersion: versionIn(item),
    certificate: item['ce'] === undefined ? undefined : (documentIn(item, 'ce') as DomainCertificate),
    routing: item['ro'] === undefined ? undefined : (documentIn(item, 'ro') as DomainRouting),
    modifiedAt: numberIn(item, 'ma'),
  };
}

/** The pool once it has the domain, or has it no more. */
export const withDomain = (pool: Pool, { name, ...domain }: Domain): Pool => named(pool, domain, name);
export const withoutDomain = (pool: Pool, domain: Domain): Pool => named(pool, domain, undefined);

const named = (pool: Pool, domain: Pick<Domain, 'certificate'>, name: string | undefined): Pool =>
  isCustom(domain) ? { ...pool, customDomain: name } : { ...pool, domain: name };

function versionIn(item: Item): Domain['managedLoginVersion'] {
  const version = numberIn(item, 'ml');
  if (version !== 1 && version !== 2) throw new MalformedItem(item, 'ml is neither 1 nor 2');
  return version;
}
