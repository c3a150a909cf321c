/** A person lists their passkeys. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { paginationKey } from '../../core/contract/shapes/paging.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import type { Passkey } from '../../core/model/passkey.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { mostPasskeys } from '../../core/rules/passkeys.ts';
import { webAuthnCredentialDescription } from '../shapes.ts';

export const ListWebAuthnCredentials = operation({
  name: 'ListWebAuthnCredentials',
  caller: token('List'),
  input: s.structure({
    AccessToken: tokenString,
    NextToken: s.optional(paginationKey),
    MaxResults: s.optional(s.integer({ min: 0, max: 20 })),
  }),
  output: s.structure({ Credentials: s.list(webAuthnCredentialDescription), NextToken: s.optional(paginationKey) }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'TooManyRequestsException',
  ],
  uses: ['passkeys', 'sealer', 'clock'],

  async handle(input, ports, { person: { pool, user } }) {
    const list: List = { operation: 'ListWebAuthnCredentials', within: pool.id, parameters: user.sub };
    const after = await requireCursor(ports, list, input.NextToken);
    const page = await ports.passkeys.list(pool, user, { limit: pageSize(input.MaxResults, mostPasskeys), after });
    return { Credentials: page.items.map(describePasskey), NextToken: await pageToken(ports, list, page) };
  },
});

const describePasskey = ({ id, name, relyingPartyId, attachment, transports, createdAt }: Passkey) => ({
  CredentialId: id,
  FriendlyCredentialName: name,
  RelyingPartyId: relyingPartyId,
  AuthenticatorAttachment: attachment,
  AuthenticatorTransports: transports,
  CreatedAt: createdAt,
});
