/** A person hands in the passkey that their device made. */
import { token } from '../../core/contract/callers.ts';
import {
  limitExceeded,
  passkeyChallengeNotFound,
  passkeyNotSupported,
  passkeyRelyingPartyMismatch,
  passkeyTaken,
  passkeyUnreadable,
  type Refusal,
} from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import type { PasskeyRegistration } from '../../core/model/passkey.ts';
import type { Person } from '../../core/model/person.ts';
import type { Ports } from '../../core/ports/index.ts';
import type { PasskeyStore } from '../../core/ports/passkey-store.ts';
import type { RegisteredKey, RegistrationFault } from '../../core/ports/passkey-verifier.ts';
import { readRegistration } from '../../core/rules/passkey-responses.ts';
import { mostPasskeys, requirePasskeysAllowed } from '../../core/rules/passkeys.ts';
import { passkeyGaps } from '../gaps.ts';
import { passkeyName, requireExpected } from '../passkey-registrations.ts';

export const CompleteWebAuthnRegistration = operation({
  name: 'CompleteWebAuthnRegistration',
  caller: token(),
  input: s.structure({ AccessToken: tokenString, Credential: s.document() }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'TooManyRequestsException',
    'WebAuthnChallengeNotFoundException',
    'WebAuthnClientMismatchException',
    'WebAuthnCredentialNotSupportedException',
    'WebAuthnNotEnabledException',
    'WebAuthnOriginNotAllowedException',
    'WebAuthnRelyingPartyMismatchException',
  ],
  uses: ['passkeys', 'passkeyVerifier', 'clock'],
  gaps: passkeyGaps,

  async handle(input, ports, { person }) {
    requirePasskeysAllowed(person.pool);
    const registration = readRegistration(input.Credential);
    if (!registration) throw passkeyUnreadable();
    await keep(ports, person, registration);
    return {};
  },
});

async function keep(
  ports: Pick<Ports, 'passkeys' | 'passkeyVerifier' | 'clock'>,
  { pool, client, user }: Person,
  registration: PasskeyRegistration,
): Promise<void> {
  const expected = requireExpected(pool, client, registration, await ports.passkeys.pending(pool, user));
  const key = requireKey(registration, await ports.passkeyVerifier.register(registration, expected));
  const { relyingPartyId, challenge } = expected;
  const { transports, attachment } = registration;
  const name = passkeyName(registration);
  const createdAt = ports.clock.now();
  const passkey = { ...key, sub: user.sub, name, relyingPartyId, transports, attachment, createdAt };
  const outcome = await ports.passkeys.add(pool, user, passkey, { challenge, most: mostPasskeys });
  if (outcome !== 'added') throw refusalOf[outcome]();
}

/** The id that the browser names is the one that was signed. */
function requireKey({ id }: PasskeyRegistration, key: RegisteredKey | RegistrationFault): RegisteredKey {
  if (typeof key === 'string') throw refusalOf[key]();
  if (key.id !== id) throw passkeyUnreadable();
  return key;
}

type Fault = RegistrationFault | Exclude<Awaited<ReturnType<PasskeyStore['add']>>, 'added'>;

const refusalOf: Readonly<Record<Fault, () => Refusal>> = {
  unreadable: passkeyUnreadable,
  'another relying party': passkeyRelyingPartyMismatch,
  unsupported: passkeyNotSupported,
  taken: passkeyTaken,
  over: passkeyChallengeNotFound,
  full: () => limitExceeded('passkeys of a user', mostPasskeys),
};
