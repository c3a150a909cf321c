/** Accounts at identity providers: the alias by which each leads to one user, and how answers show them. */
import type { Alias } from '../model/alias.ts';
import type { Identity } from '../model/identity.ts';
import type { User } from '../model/user.ts';

/** Names what a provider itself calls its accounts, whatever the claim is called. */
export const subject = 'Cognito_Subject';

/** The attribute of a user that lists these accounts; it is in no schema, so nobody writes it. */
export const identitiesAttribute = 'identities';

/** By what an account is known: the provider, an attribute, and its value there. */
export type IdentityKey = Pick<Identity, 'providerName' | 'attribute' | 'userId'>;

/** Compared exactly, whatever the pool says of names. No two keys have the same text. */
export const identityAlias = ({ providerName, attribute = subject, userId }: IdentityKey): Alias => ({
  kind: 'identity',
  value: JSON.stringify([providerName, attribute, userId]),
});

export const identityAliases = ({ identities = [] }: Pick<User, 'identities'>): Alias[] =>
  identities.map(identityAlias);

export const findIdentity = (
  { identities = [] }: Pick<User, 'identities'>,
  { providerName, attribute, userId }: IdentityKey,
): Identity | undefined =>
  identities.find(
    (each) => each.providerName === providerName && each.attribute === attribute && each.userId === userId,
  );

/** As the attribute `identities` shows them. */
export const identitiesText = (identities: readonly Identity[]): string =>
  JSON.stringify(
    identities.map(({ userId, providerName, providerType, issuer = null, primary, dateCreated }) => ({
      userId,
      providerName,
      providerType,
      issuer,
      primary,
      dateCreated,
    })),
  );
