/** The sign-ins in two steps that are measured, each with people who are made for it. */
import { Secret, TOTP } from 'otpauth';
import { groupNameOf } from '../lambdas/core/rules/srp.ts';
import { anAuthenticator } from '../test/support/authenticator.ts';
import type { Cost } from './crypto-bound.ts';
import { objectIn, textIn } from './fixtures.ts';
import { functionArns } from './function-arns.ts';
import type { SrpClient } from './srp-client.ts';
import type { Begin } from './step-load.ts';
import {
  accessTokenOf,
  aPlace,
  begin,
  byPassword,
  codeTo,
  nameOfPerson,
  type Place,
  password,
  people,
  requireChallenge,
  requireTokens,
  respond,
} from './step-people.ts';
import type { ApiWire } from './wire.ts';

export interface StepScenario {
  readonly name: string;
  readonly cost: Cost;
  readonly most?: number;
  /** Makes the people. */
  open(surroundings: StepSurroundings): Promise<Begin>;
}

export interface StepSurroundings {
  readonly call: ApiWire['call'];
  readonly endpoint: string;
  readonly srp: SrpClient;
  /** How many people there are; codes are sent to each of them twenty times in an hour, and not more. */
  readonly count: number;
}

const tokensAlone: Cost = { signatures: 2, powers: 0 };
const afterPassword: Cost = { signatures: 2, powers: 1 };

/** Codes of an app are taken once, so that everybody has one for each load. */
const oneLoadOfCodes = 480;

export const stepScenarios: readonly StepScenario[] = [
  { name: 'Password, then a code of an app', cost: afterPassword, most: oneLoadOfCodes, open: withApps },
  { name: 'Password, then a code by e-mail', cost: afterPassword, open: withEmailAfterPassword },
  { name: 'Password, then SRP of a device', cost: { signatures: 2, powers: 4 }, open: withDevices },
  { name: 'By choice: SRP, both legs', cost: { signatures: 2, powers: 3 }, open: withSrp },
  { name: 'By choice: a code by e-mail', cost: tokensAlone, open: withEmail },
  { name: 'By choice: a passkey', cost: tokensAlone, open: withPasskeys },
  { name: 'Custom challenge, one round', cost: tokensAlone, open: withQuestion },
];

const own = <T>(all: readonly T[], index: number): T => {
  const one = all[index % all.length];
  if (one === undefined) throw new Error('There is nobody to sign in');
  return one;
};

async function withApps({ call }: StepSurroundings): Promise<Begin> {
  const place = await aPlace(call);
  await call('SetUserPoolMfaConfig', {
    UserPoolId: place.poolId,
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  const apps = await people(call, place, oneLoadOfCodes, async (username) => {
    const AccessToken = accessTokenOf(await byPassword(call, place, username));
    const app = appOf(textIn(await call('AssociateSoftwareToken', { AccessToken }), 'SecretCode'));
    await call('VerifySoftwareToken', { AccessToken, UserCode: app.nextCode() });
    await call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings });
    return app;
  });
  return async (index) => {
    const username = nameOfPerson(index % apps.length);
    const posed = requireChallenge(await byPassword(call, place, username), 'SOFTWARE_TOKEN_MFA');
    return async () => {
      const code = own(apps, index).nextCode();
      return async () =>
        requireTokens(await respond(call, place, posed, { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: code }));
    };
  };
}

const stepMs = 30_000;

/** Codes of the step before, this one and the next one are good, each after the one that was shown before. */
function appOf(secret: string): { nextCode(): string } {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  let shown = 0;
  return {
    nextCode() {
      shown = Math.max(shown + 1, Math.floor(Date.now() / stepMs) - 1);
      return totp.generate({ timestamp: shown * stepMs });
    },
  };
}

async function withEmailAfterPassword({ call, endpoint, count }: StepSurroundings): Promise<Begin> {
  const place = await aPlace(call, sending);
  const { poolId: UserPoolId } = place;
  await call('SetUserPoolMfaConfig', {
    UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    EmailMfaConfiguration: { Message: 'Type {####}', Subject: 'A code' },
  });
  const EmailMfaSettings = { Enabled: true, PreferredMfa: true };
  await people(call, place, count, (Username) =>
    call('AdminSetUserMFAPreference', { UserPoolId, Username, EmailMfaSettings }),
  );
  return (index) => {
    const username = nameOfPerson(index % count);
    return byCode({ call, endpoint, place, username }, () => byPassword(call, place, username));
  };
}

const sending = {
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com',
  },
};

interface Receiver extends Pick<StepSurroundings, 'call' | 'endpoint'> {
  readonly place: Place;
  readonly username: string;
}

async function byCode({ call, endpoint, place, username }: Receiver, ask: () => ReturnType<typeof begin>) {
  const posed = requireChallenge(await ask(), 'EMAIL_OTP');
  return async () => {
    const code = await codeTo(endpoint, place, username);
    return async () => requireTokens(await respond(call, place, posed, { USERNAME: username, EMAIL_OTP_CODE: code }));
  };
}

async function withDevices({ call, srp, count }: StepSurroundings): Promise<Begin> {
  const place = await aPlace(call, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } });
  const devices = await people(call, place, count, async (username) => {
    const result = objectIn(await byPassword(call, place, username), 'AuthenticationResult');
    const made = objectIn(result, 'NewDeviceMetadata');
    const key = textIn(made, 'DeviceKey');
    const device = { key, groupKey: textIn(made, 'DeviceGroupKey'), secret: `the secret of ${username}` };
    const DeviceSecretVerifierConfig = await srp.deviceVerifier(device);
    const AccessToken = textIn(result, 'AccessToken');
    await call('ConfirmDevice', { AccessToken, DeviceKey: key, DeviceSecretVerifierConfig });
    return device;
  });
  return async (index) => {
    const device = own(devices, index);
    const username = nameOfPerson(index % count);
    const exchange = await srp.begin();
    const named = { DEVICE_KEY: device.key };
    const asked = requireChallenge(await byPassword(call, place, username, named), 'DEVICE_SRP_AUTH');
    const posed = await respond(call, place, asked, { USERNAME: username, ...named, SRP_A: exchange.SRP_A });
    return async () => {
      const answer = await exchange.answerOfDevice(posed, device);
      return async () => requireTokens(await respond(call, place, posed, answer));
    };
  };
}

async function withSrp({ call, srp, count }: StepSurroundings): Promise<Begin> {
  const place = await aPlace(call);
  await people(call, place, count, async () => {});
  return async (index) => {
    const exchange = await srp.begin();
    const wanted = { USERNAME: nameOfPerson(index % count), PREFERRED_CHALLENGE: 'PASSWORD_SRP' };
    const posed = await begin(call, place, 'USER_AUTH', { ...wanted, SRP_A: exchange.SRP_A });
    requireChallenge(posed, 'PASSWORD_VERIFIER');
    return async () => {
      const answer = await exchange.answer(posed, groupNameOf(place.poolId), password);
      return async () => requireTokens(await respond(call, place, posed, answer));
    };
  };
}

const firstFactor = (factor: string) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', factor] } },
});

async function withEmail({ call, endpoint, count }: StepSurroundings): Promise<Begin> {
  const place = await aPlace(call, { ...sending, ...firstFactor('EMAIL_OTP') });
  await people(call, place, count, async () => {});
  return (index) => {
    const username = nameOfPerson(index % count);
    const wanted = { USERNAME: username, PREFERRED_CHALLENGE: 'EMAIL_OTP' };
    return byCode({ call, endpoint, place, username }, () => begin(call, place, 'USER_AUTH', wanted));
  };
}

const relyingParty = 'example.com';

async function withPasskeys({ call, count }: StepSurroundings): Promise<Begin> {
  const place = await aPlace(call, firstFactor('WEB_AUTHN'));
  const WebAuthnConfiguration = { RelyingPartyId: relyingParty };
  await call('SetUserPoolMfaConfig', { UserPoolId: place.poolId, WebAuthnConfiguration });
  const authenticators = await people(call, place, count, async (username) => {
    const authenticator = anAuthenticator();
    const AccessToken = accessTokenOf(await byPassword(call, place, username));
    const asked = objectIn(await call('StartWebAuthnRegistration', { AccessToken }), 'CredentialCreationOptions');
    const options = { challenge: textIn(asked, 'challenge'), rpId: relyingParty };
    await call('CompleteWebAuthnRegistration', { AccessToken, Credential: authenticator.register(options) });
    return authenticator;
  });
  return async (index) => {
    const username = nameOfPerson(index % count);
    const wanted = { USERNAME: username, PREFERRED_CHALLENGE: 'WEB_AUTHN' };
    const posed = requireChallenge(await begin(call, place, 'USER_AUTH', wanted), 'WEB_AUTHN');
    return async () => {
      const options = textIn(objectIn(posed, 'ChallengeParameters'), 'CREDENTIAL_REQUEST_OPTIONS');
      const CREDENTIAL = JSON.stringify(own(authenticators, index).assert(JSON.parse(options)));
      return async () => requireTokens(await respond(call, place, posed, { USERNAME: username, CREDENTIAL }));
    };
  };
}

async function withQuestion({ call, count }: StepSurroundings): Promise<Begin> {
  const place = await aPlace(call, { LambdaConfig: functionArns });
  await people(call, place, count, async () => {});
  return async (index) => {
    const USERNAME = nameOfPerson(index % count);
    const posed = requireChallenge(await begin(call, place, 'CUSTOM_AUTH', { USERNAME }), 'CUSTOM_CHALLENGE');
    return async () => async () => requireTokens(await respond(call, place, posed, { USERNAME, ANSWER: 'this one' }));
  };
}
