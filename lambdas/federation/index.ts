/** Identity providers, and the links between their accounts and users. */
import type { Operations } from '../core/contract/operation.ts';
import { AdminDisableProviderForUser } from './operations/AdminDisableProviderForUser.ts';
import { AdminLinkProviderForUser } from './operations/AdminLinkProviderForUser.ts';
import { CreateIdentityProvider } from './operations/CreateIdentityProvider.ts';
import { DeleteIdentityProvider } from './operations/DeleteIdentityProvider.ts';
import { DescribeIdentityProvider } from './operations/DescribeIdentityProvider.ts';
import { GetIdentityProviderByIdentifier } from './operations/GetIdentityProviderByIdentifier.ts';
import { ListIdentityProviders } from './operations/ListIdentityProviders.ts';
import { UpdateIdentityProvider } from './operations/UpdateIdentityProvider.ts';

export const federation = {
  AdminDisableProviderForUser,
  AdminLinkProviderForUser,
  CreateIdentityProvider,
  DeleteIdentityProvider,
  DescribeIdentityProvider,
  GetIdentityProviderByIdentifier,
  ListIdentityProviders,
  UpdateIdentityProvider,
} satisfies Operations;
