/** An application ends a session by its refresh token. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret } from '../../core/contract/shapes/identifiers.ts';
import { revokeAssociatedSessions, tokenString } from '../../core/contract/shapes/sessions.ts';

export const RevokeToken = operation({
  name: 'RevokeToken',
  caller: anyone(),
  input: s.structure({
    Token: tokenString,
    ClientId: clientId,
    ClientSecret: s.optional(clientSecret),
    RevokeAssociatedSessions: s.optional(revokeAssociatedSessions),
  }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'OperationNotEnabledException',
    'TooManyRequestsException',
    'UnauthorizedException',
    'UnsupportedOperationException',
    'UnsupportedTokenTypeException',
  ],
});
