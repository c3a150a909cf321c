/** A person proves with a first code that their authenticator app works. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { session, tokenString } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { softwareTokenCode } from '../shapes.ts';
import { setUpPorts, verifyToken } from '../token-set-up.ts';

export const VerifySoftwareToken = operation({
  name: 'VerifySoftwareToken',
  caller: anyone(),
  input: s.structure({
    AccessToken: s.optional(tokenString),
    Session: s.optional(session),
    UserCode: softwareTokenCode,
    FriendlyDeviceName: s.optional(text),
  }),
  output: s.structure({ Status: s.optional(s.oneOf('SUCCESS', 'ERROR')), Session: s.optional(session) }),
  errors: [
    'CodeMismatchException',
    'EnableSoftwareTokenMFAException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidUserPoolConfigurationException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'SoftwareTokenMFANotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  unlistedErrors: ['ExpiredCodeException'],
  uses: setUpPorts,
  gaps: ['A `FriendlyDeviceName` may have 256 characters.'],

  async handle({ AccessToken, Session, UserCode, FriendlyDeviceName }, ports) {
    const credentials = { AccessToken, Session };
    const next = await verifyToken(ports, credentials, { code: UserCode, name: FriendlyDeviceName || undefined });
    return { Status: 'SUCCESS' as const, ...(next !== undefined && { Session: next }) };
  },
});
