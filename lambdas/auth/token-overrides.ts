/** Has the pool's function change the tokens that this room is about to issue. */
import type { Group } from '../core/model/group.ts';
import type { TokenOverrides } from '../core/model/token-overrides.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { apiScope } from '../core/rules/tokens.ts';
import type { ClientMetadata } from '../core/triggers/event.ts';
import type { TriggerPorts } from '../core/triggers/invoke.ts';
import { overrideTokens, type TokenSource } from '../core/triggers/pre-token-generation.ts';
import type { SignIn } from './sign-in.ts';

type OverridePorts = TriggerPorts & Pick<Ports, 'notices'>;

type Issue = Pick<SignIn, 'pool' | 'client' | 'answered' | 'clientMetadata'>;

/** The last challenge that was answered tells functions how somebody came to sign in. */
const sources: Readonly<Record<string, TokenSource>> = {
  NEW_PASSWORD_REQUIRED: 'NewPasswordChallenge',
  DEVICE_PASSWORD_VERIFIER: 'AuthenticateDevice',
};

export const overrideSignIn = (
  ports: OverridePorts,
  { pool, client, answered = '', clientMetadata }: Issue,
  user: User,
  groups: readonly Group[],
): Promise<TokenOverrides | undefined> =>
  overrideTokens(ports, {
    pool,
    client,
    user,
    groups,
    scopes: [apiScope],
    source: sources[answered] ?? 'Authentication',
    clientMetadata,
  });

/** Before anything is spent: a function that fails must not cost anybody their refresh token. */
export const overrideRefresh = (
  ports: OverridePorts,
  { pool, client }: Pick<SignIn, 'pool' | 'client'>,
  { user, groups }: { readonly user: User; readonly groups: readonly Group[] },
  clientMetadata?: ClientMetadata,
): Promise<TokenOverrides | undefined> =>
  overrideTokens(ports, { pool, client, user, groups, scopes: [apiScope], source: 'RefreshTokens', clientMetadata });
