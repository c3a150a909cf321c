/** Passkeys in the hands of those who mean no good: one that is registered, and the right answer to a registration. */
import fc from 'fast-check';
import { anAuthenticator } from './authenticator.ts';
import { passkeyCalls } from './passkeys.ts';
import type { Service } from './start-service.ts';

export interface KnownPasskeys {
  readonly id: string;
  /** Of a registration that has begun. */
  readonly credential: object;
}

/** Of somebody in a pool that takes passkeys. */
export async function passkeysOf(service: Service, accessToken: string): Promise<KnownPasskeys> {
  const { register, start } = passkeyCalls(service);
  const { id } = await register(accessToken);
  return { id, credential: anAuthenticator().register(await start(accessToken)) };
}

export const passkeysIn = ({
  passkeys,
}: {
  readonly passkeys: KnownPasskeys | undefined;
}): Readonly<Record<string, fc.Arbitrary<unknown>>> =>
  passkeys === undefined
    ? {}
    : {
        CredentialId: fc.constantFrom(passkeys.id, `${passkeys.id}x`),
        Credential: fc.oneof(
          { weight: 4, arbitrary: fc.constant(passkeys.credential) },
          { weight: 1, arbitrary: fc.constantFrom({}, { ...passkeys.credential, id: 'x' }, { response: {} }) },
        ),
      };
