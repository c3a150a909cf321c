/** A person begins to set up an authenticator app, signed in or half-way through signing in. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { session, tokenString } from '../../core/contract/shapes/sessions.ts';
import { spend } from '../../core/rules/challenge-sessions.ts';
import { proposeToken } from '../../core/rules/software-tokens.ts';
import { sealProof } from '../proof-sessions.ts';
import { requireHolder } from '../token-holders.ts';

export const AssociateSoftwareToken = operation({
  name: 'AssociateSoftwareToken',
  caller: anyone(),
  input: s.structure({ AccessToken: s.optional(tokenString), Session: s.optional(session) }),
  output: s.structure({
    SecretCode: s.optional(s.secret(s.string({ min: 16, pattern: '[A-Za-z0-9]+' }))),
    Session: s.optional(session),
  }),
  errors: [
    'ConcurrentModificationException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'SoftwareTokenMFANotFoundException',
  ],
  unlistedErrors: ['PasswordResetRequiredException', 'UserNotConfirmedException', 'UserNotFoundException'],
  uses: ['clients', 'users', 'softwareTokens', 'nonces', 'signer', 'sealer', 'settings', 'clock', 'random'],

  async handle(input, ports) {
    const { pool, subject, signIn } = await requireHolder(ports, input);
    if (signIn) await spend(ports, signIn.session);
    const { secretCode, sealed } = await proposeToken(ports, pool, subject.user);
    await ports.softwareTokens.propose(pool, subject.user, sealed);
    if (!signIn) return { SecretCode: secretCode };
    const { client, session } = signIn;
    return {
      SecretCode: secretCode,
      Session: await sealProof(ports, client, { ...session, user: subject.user }, { expects: ['MFA_SETUP'] }),
    };
  },
});
