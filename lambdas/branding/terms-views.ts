/** How answers show terms. */
import type { Branded } from '../core/contract/shape.ts';
import type { Terms } from '../core/model/terms.ts';

/** What a list shows. */
export const describeListedTerms = ({ id, name, enforcement, createdAt, modifiedAt }: Terms) => ({
  TermsId: id,
  TermsName: name,
  Enforcement: enforcement,
  CreationDate: createdAt,
  LastModifiedDate: modifiedAt,
});

/** `TermsType`. */
export const describeTerms = (terms: Terms) => ({
  ...describeListedTerms(terms),
  // Every id that is stored was made in the form that its brand stands for.
  UserPoolId: terms.poolId as Branded<'PoolId'>,
  ClientId: terms.clientId as Branded<'ClientId'>,
  TermsSource: terms.source,
  Links: terms.links,
});
