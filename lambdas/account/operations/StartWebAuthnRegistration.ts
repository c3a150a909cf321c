/** A person asks for what their device needs to make a passkey. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import {
  mostPasskeys,
  passkeyDescriptor,
  requirePasskeysAllowed,
  requireRelyingParty,
  userHandleOf,
  userVerification,
} from '../../core/rules/passkeys.ts';
import { passkeyGaps } from '../gaps.ts';

/** In milliseconds: how long the browser waits, and how long its answer is awaited. */
const timeout = 60_000;
const lifetime = 5 * 60_000;

/** ES256 and RS256, by their COSE names. */
const algorithms = [-7, -257];

export const StartWebAuthnRegistration = operation({
  name: 'StartWebAuthnRegistration',
  caller: token(),
  input: s.structure({ AccessToken: tokenString }),
  output: s.structure({ CredentialCreationOptions: s.document() }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'TooManyRequestsException',
    'WebAuthnConfigurationMissingException',
    'WebAuthnNotEnabledException',
  ],
  uses: ['passkeys', 'settings', 'clock', 'random'],
  gaps: passkeyGaps,

  async handle(_input, { passkeys, settings, clock, random }, { person: { pool, client, user } }) {
    requirePasskeysAllowed(pool);
    const relyingPartyId = requireRelyingParty(settings, pool);
    const challenge = Buffer.from(random.bytes(32)).toString('base64url');
    const { items } = await passkeys.list(pool, user, { limit: mostPasskeys });
    const pending = { challenge, clientId: client.id, relyingPartyId, expiresAt: clock.now() + lifetime };
    await passkeys.begin(pool, user, pending);
    return {
      CredentialCreationOptions: {
        rp: { id: relyingPartyId, name: relyingPartyId },
        user: { id: userHandleOf(user), name: user.username, displayName: user.username },
        challenge,
        timeout,
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: items.map(passkeyDescriptor),
        authenticatorSelection: {
          requireResidentKey: true,
          residentKey: 'required',
          userVerification: userVerification(pool),
        },
      },
    };
  },
});
