/** The principals that a signature speaks for, with what they may do taken together. */
import type { PolicyDocument } from '../../model/policy.ts';
import type { Principal } from '../../model/principal.ts';
import type { Identity } from '../../ports/signature-check.ts';
import { documentsOf, findPrincipal, type Registry } from './registry.ts';

export interface Subject {
  readonly principal: Principal;
  readonly documents: readonly PolicyDocument[];
}

/** `undefined` for one that is not there, or disabled. */
export async function findSubject(registry: Registry, name: string): Promise<Subject | undefined> {
  const principal = await findPrincipal(registry, name);
  if (principal?.status !== 'active') return undefined;
  return { principal, documents: await documentsOf(registry, principal) };
}

/** What one of them allows is allowed, what one of them denies is denied. */
export const rightsOf = (subjects: readonly Subject[]): Pick<Identity, 'principals' | 'tags' | 'policies'> => ({
  principals: subjects.map(({ principal: { name, createdAt } }) => ({ name, createdAt })),
  tags: agreedTags(subjects.map(({ principal }) => principal.tags)),
  policies: subjects.flatMap(({ documents }) => documents),
});

type Tags = Principal['tags'];

/**
 * A tag that two of them have with different values is none: nobody could say which of them a policy means. In policies
 * the case of its key does not matter.
 */
function agreedTags(all: readonly Tags[]): Tags {
  const entries = all.flatMap((tags) => Object.entries(tags));
  const values = Map.groupBy(entries, ([key]) => key.toLowerCase());
  const isAgreed = (key: string): boolean =>
    new Set(values.get(key.toLowerCase())?.map(([, value]) => value)).size === 1;
  return Object.fromEntries(entries.filter(([key]) => isAgreed(key)));
}
