/** A person's device proves itself, so that the pool can remember it. */
import { token } from '../../core/contract/callers.ts';
import { deviceKeyExists, deviceKeyInvalid, deviceVerifierInvalid, userNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey } from '../../core/contract/shapes/identifiers.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import type { Device } from '../../core/model/device.ts';
import type { Person } from '../../core/model/person.ts';
import { sealDeviceVerifier } from '../../core/rules/device-verifiers.ts';
import { parseVerifier, type Verifier } from '../../core/rules/srp.ts';
import { deviceSecretVerifierConfig } from '../shapes.ts';

export const ConfirmDevice = operation({
  name: 'ConfirmDevice',
  caller: token(),
  input: s.structure({
    AccessToken: tokenString,
    DeviceKey: deviceKey,
    DeviceSecretVerifierConfig: s.optional(deviceSecretVerifierConfig),
    DeviceName: s.optional(s.string({ min: 1, max: 1024 })),
  }),
  output: s.structure({ UserConfirmationNecessary: s.optional(s.boolean()) }),
  errors: [
    'DeviceKeyExistsException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'InvalidUserPoolConfigurationException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
    'UsernameExistsException',
  ],
  uses: ['devices', 'sealer', 'clock'],

  async handle(input, ports, { person, sourceIp }) {
    requireOwnKey(person, input.DeviceKey);
    const verifier = requireVerifier(input.DeviceSecretVerifierConfig);
    const { pool, user } = person;
    const named = { key: input.DeviceKey, sub: user.sub };
    const isOptIn = pool.settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt === true;
    const outcome = await ports.devices.add(pool, user, {
      ...named,
      ...newAt(ports.clock.now()),
      name: input.DeviceName,
      remembered: !isOptIn,
      verifier: await sealDeviceVerifier(ports.sealer, pool, named, verifier),
      lastAddress: sourceIp,
    });
    if (outcome === 'owner gone') throw userNotFound();
    if (outcome === 'taken') throw deviceKeyExists();
    return { UserConfirmationNecessary: isOptIn };
  },
});

/** Whoever holds a token confirms the device that it was issued to, and no other. */
function requireOwnKey({ claims }: Person, key: string): void {
  if (claims.device_key !== key) throw deviceKeyInvalid();
}

interface VerifierConfig {
  readonly PasswordVerifier?: string | undefined;
  readonly Salt?: string | undefined;
}

/** A device without any is told that its key is wrong. */
function requireVerifier(config: VerifierConfig | undefined): Verifier {
  if (!config?.Salt || !config.PasswordVerifier) throw deviceKeyInvalid();
  const verifier = parseVerifier(config.Salt, config.PasswordVerifier);
  if (!verifier) throw deviceVerifierInvalid();
  return verifier;
}

const newAt = (now: number): Pick<Device, 'createdAt' | 'modifiedAt' | 'authenticatedAt' | 'version'> => ({
  createdAt: now,
  modifiedAt: now,
  authenticatedAt: now,
  version: 1,
});
