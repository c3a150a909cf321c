/** A person verifies their e-mail address or phone number with the code they were sent. */
import { token } from '../../core/contract/callers.ts';
import { verifiedAliasExists } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { attributeName } from '../../core/contract/shapes/users.ts';
import { requireReadable, requireWritable } from '../../core/rules/attribute-permissions.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requireAddressToVerify, requireVerifiable } from '../../core/rules/code-delivery.ts';
import { requireCode, verificationOf, withVerified } from '../../core/rules/codes.ts';
import { confirmationCode } from '../shapes.ts';

export const VerifyUserAttribute = operation({
  name: 'VerifyUserAttribute',
  caller: token(),
  input: s.structure({ AccessToken: tokenString, AttributeName: attributeName, Code: confirmationCode }),
  output: s.structure({}),
  errors: [
    'AliasExistsException',
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: ['users', 'codes', 'sealer', 'clock'],

  async handle(input, ports, { person: { pool, client, user } }) {
    const attribute = requireVerifiable(input.AttributeName);
    requireWritable(client, [attribute]);
    requireReadable(client, [attribute]);
    requireAddressToVerify(user, attribute);
    const purpose = verificationOf(attribute);
    const code = await requireCode(ports, pool, user, purpose, input.Code);
    await changeUser(ports, pool, user, {
      decide: (current) => ({ ...withVerified(current, code), modifiedAt: ports.clock.now() }),
      extra: { spend: { purpose, digest: code.digest } },
      taken: verifiedAliasExists,
    });
    return {};
  },
});
