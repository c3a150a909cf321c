/** Two pools with people who sign in each in their own way, and what a walk knows of them. */
import {
  AdminSetUserMFAPreferenceCommand,
  type AdminSetUserMFAPreferenceCommandInput,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { Secret, TOTP } from 'otpauth';
import { aDevice, type TestDevice } from './devices.ts';
import { signingIn } from './signing-in.ts';
import type { Service } from './start-service.ts';

export interface WalkApp {
  readonly id: string;
  readonly poolId: string;
  readonly people: readonly WalkPerson[];
}

export interface WalkPerson {
  readonly name: string;
  readonly poolId: string;
  /** Beside the password; one of them will do. */
  readonly mfa: readonly string[];
  readonly secret: string;
  readonly device: TestDevice | undefined;
  password: string;
  isTemporary: boolean;
  /** Changes with every password that is set. */
  mark: number;
  /** The last step of time whose code was taken. */
  lastStep: number;
}

interface Kind {
  readonly mfa?: readonly string[];
  readonly preference?: Omit<AdminSetUserMFAPreferenceCommandInput, 'UserPoolId' | 'Username'>;
  readonly hasApp?: true;
  readonly hasDevice?: true;
  readonly isTemporary?: true;
  /** An administrator may set a temporary password again. */
  readonly mayBeInvited?: true;
}

const on = { Enabled: true, PreferredMfa: false };
const first = { Enabled: true, PreferredMfa: true };

const kinds: Readonly<Record<string, Kind>> = {
  plain: {},
  invited: { isTemporary: true, mayBeInvited: true },
  app: { mfa: ['app code'], preference: { SoftwareTokenMfaSettings: first }, hasApp: true },
  text: { mfa: ['text code'], preference: { SMSMfaSettings: first }, mayBeInvited: true },
  mail: { mfa: ['email code'], preference: { EmailMfaSettings: first } },
  several: { mfa: ['text code', 'email code'], preference: { SMSMfaSettings: on, EmailMfaSettings: on } },
  device: { mfa: ['text code'], preference: { SMSMfaSettings: first }, hasDevice: true },
};

export const namesOfPeople = Object.keys(kinds);

/** The second factors are optional, so that whoever has none needs none; a remembered device stands for one. */
const settings = {
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' },
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com',
  },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } },
} as const;

const ExplicitAuthFlows = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
] as const;

/** Two applications of each of two pools, which have people of the same names. */
export async function signInWorld(service: Service): Promise<readonly WalkApp[]> {
  const pools = await Promise.all([aWalkPool(service), aWalkPool(service)]);
  return pools.flat();
}

async function aWalkPool(service: Service): Promise<readonly WalkApp[]> {
  const { Policies, ...others } = settings;
  const AllowedFirstAuthFactors = [...Policies.SignInPolicy.AllowedFirstAuthFactors];
  const pool = await service.aPool({ ...others, Policies: { SignInPolicy: { AllowedFirstAuthFactors } } });
  await service.client.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: pool.id,
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: { SmsConfiguration: settings.SmsConfiguration },
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
    }),
  );
  const [one, other] = [await anApp(service, pool), await anApp(service, pool)];
  const people: WalkPerson[] = [];
  for (const name of namesOfPeople) people.push(await aWalkPerson(service, { ...one, people }, name));
  return [one, other].map((app) => ({ ...app, people }));
}

async function anApp(service: Service, pool: { readonly id: string }) {
  const { id, poolId } = await service.aClient(pool, { ExplicitAuthFlows: [...ExplicitAuthFlows] });
  return { id, poolId };
}

async function aWalkPerson(service: Service, app: WalkApp, name: string): Promise<WalkPerson> {
  const { poolId } = app;
  const { mfa = [], preference, hasApp, hasDevice, isTemporary = false } = kinds[name] ?? {};
  const password = `Horse-of-${name}-in-${poolId.slice(-4)}-9`;
  const number = String(namesOfPeople.indexOf(name)).padStart(4, '0');
  const attributes = {
    email: `${name}@example.com`,
    email_verified: 'true',
    phone_number: `+1555555${number}`,
    phone_number_verified: 'true',
  };
  await service.aUser({ id: poolId }, { username: name, password, attributes, invited: isTemporary });
  const secret = hasApp ? await anAuthenticator(service, app, name, password) : '';
  // The device comes first: then nothing but the password is asked for it.
  const device = hasDevice ? await aDevice(service, withPassword(service, app, password), name) : undefined;
  if (preference) {
    const asked = { UserPoolId: poolId, Username: name, ...preference };
    await service.client.send(new AdminSetUserMFAPreferenceCommand(asked));
  }
  const lastStep = hasApp ? stepAt(service.clock.now()) : 0;
  return { name, poolId, mfa, secret, device, password, isTemporary, mark: 0, lastStep };
}

function withPassword(service: Service, app: WalkApp, password: string) {
  const signIn = signingIn(service, app);
  return { ...signIn, byPassword: (name: string) => signIn.byPassword(name, password) };
}

async function anAuthenticator(service: Service, app: WalkApp, name: string, password: string): Promise<string> {
  const { access: AccessToken } = await signingIn(service, app).tokens(name, password);
  const { SecretCode = '' } = await service.client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const UserCode = codeAt(SecretCode, service.clock.now());
  await service.client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
  return SecretCode;
}

export const stepAt = (now: number): number => Math.floor(now / 30_000);

export const codeAt = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

let passwords = 0;

/** An administrator gives the person another password: to whoever was invited a temporary one again. */
export async function replacePassword(service: Service, person: WalkPerson): Promise<void> {
  const isTemporary = kinds[person.name]?.mayBeInvited === true && passwords % 3 !== 0;
  const Password = `Another-${passwords++}-Horse`;
  const named = { UserPoolId: person.poolId, Username: person.name };
  await service.client.send(new AdminSetUserPasswordCommand({ ...named, Password, Permanent: !isTemporary }));
  chosePassword(person, Password, isTemporary);
}

export function chosePassword(person: WalkPerson, password: string, isTemporary: boolean): void {
  person.password = password;
  person.isTemporary = isTemporary;
  person.mark += 1;
}
