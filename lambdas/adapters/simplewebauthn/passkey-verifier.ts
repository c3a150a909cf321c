/** Passkeys by @simplewebauthn/server, which is loaded when the first of them comes: it is larger than what imports it. */
import type { PasskeyAssertion, PasskeyRegistration } from '../../core/model/passkey.ts';
import type { Ceremony, PasskeyVerifier, RegisteredKey, RegistrationFault } from '../../core/ports/passkey-verifier.ts';
import { openAttestation, withoutCertificates } from './attestations.ts';
import { isDerSignature } from './der-signatures.ts';
import { hasCurve, supportedAlgorithms } from './public-keys.ts';

export const simpleWebAuthn: PasskeyVerifier = { register, verify };

async function register(
  registration: PasskeyRegistration,
  expected: Ceremony,
): Promise<RegisteredKey | RegistrationFault> {
  const helpers = await import('@simplewebauthn/server/helpers');
  const attestation = openAttestation(helpers, registration.attestationObject, expected);
  if (typeof attestation === 'string') return attestation;
  const attestationObject = withoutCertificates(helpers, attestation);
  try {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { registrationInfo } = await verifyRegistrationResponse({
      ...expectations(expected),
      supportedAlgorithmIDs: [...supportedAlgorithms],
      response: {
        ...credentialOf(registration),
        response: { clientDataJSON: registration.clientDataJSON, attestationObject, transports: [] },
      },
    });
    if (!registrationInfo) return 'unsupported';
    const { id, publicKey, counter } = registrationInfo.credential;
    return { id, publicKey, counter };
  } catch {
    return 'unsupported';
  }
}

async function verify(
  assertion: PasskeyAssertion,
  key: Pick<RegisteredKey, 'publicKey' | 'counter'>,
  expected: Ceremony,
): Promise<{ readonly counter: number } | undefined> {
  const { id, clientDataJSON, authenticatorData, signature } = assertion;
  try {
    const { decodeCredentialPublicKey } = await import('@simplewebauthn/server/helpers');
    const isOfCurve = hasCurve(decodeCredentialPublicKey(Uint8Array.from(key.publicKey)));
    // The library reads other forms as well, and so would take what was changed on the way.
    if (isOfCurve && !isDerSignature(Buffer.from(signature, 'base64url'))) return undefined;
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...expectations(expected),
      response: { ...credentialOf(assertion), response: { clientDataJSON, authenticatorData, signature } },
      credential: { id, publicKey: Uint8Array.from(key.publicKey), counter: key.counter },
    });
    return verified ? { counter: authenticationInfo.newCounter } : undefined;
  } catch {
    // It throws for whatever is wrong, and its texts are made for developers.
    return undefined;
  }
}

const expectations = ({ challenge, origin, relyingPartyId, requiresVerification }: Ceremony) => ({
  expectedChallenge: challenge,
  expectedOrigin: origin,
  expectedRPID: relyingPartyId,
  requireUserVerification: requiresVerification,
});

const credentialOf = ({ id }: { readonly id: string }) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  clientExtensionResults: {},
});
