/** Those who walk: each signs in in another way, and walks know everything about them. */
import {
  AdminDeleteSoftwareTokenCommand,
  AdminSetUserMFAPreferenceCommand,
  type AdminSetUserMFAPreferenceCommandInput,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Authenticator, anAuthenticator } from '../../support/authenticator.ts';
import { aDevice, type TestDevice } from '../../support/devices.ts';
import { passkeyCalls } from '../../support/passkeys.ts';
import { appCode, step } from '../../support/second-factors.ts';
import { signingIn } from '../../support/signing-in.ts';
import type { Service } from '../../support/start-service.ts';

export interface WalkPool {
  readonly id: string;
  /** Whether nobody signs in by a password alone. */
  readonly requiresTwo: boolean;
}

export interface WalkPerson {
  readonly name: string;
  readonly pool: WalkPool;
  readonly isReachable: boolean;
  readonly device: TestDevice | undefined;
  readonly passkey: Authenticator | undefined;
  password: string;
  isTemporary: boolean;
  /** Changes with every password that is set. */
  mark: number;
  /** Turned on, beside the password; one of them will do. */
  mfa: readonly string[];
  /** Of the app: the one that signs in, and the one that waits for its first code. */
  secret: string;
  pending: string;
  /** Changes with every app. */
  appMark: number;
  /** The last step of time whose code was taken. */
  lastStep: number;
}

interface Kind {
  readonly mfa?: readonly string[];
  readonly preference?: Omit<AdminSetUserMFAPreferenceCommandInput, 'UserPoolId' | 'Username'>;
  readonly has?: readonly ('app' | 'device' | 'passkey')[];
  readonly isTemporary?: true;
  /** An administrator may set a temporary password again. */
  readonly mayBeInvited?: true;
  readonly isUnreachable?: true;
}

const on = { Enabled: true, PreferredMfa: false };
const first = { Enabled: true, PreferredMfa: true };

const kinds: Readonly<Record<string, Kind>> = {
  plain: {},
  invited: { isTemporary: true, mayBeInvited: true },
  app: { mfa: ['app code'], preference: { SoftwareTokenMfaSettings: first }, has: ['app', 'passkey'] },
  text: { mfa: ['text code'], preference: { SMSMfaSettings: first }, mayBeInvited: true },
  mail: { mfa: ['email code'], preference: { EmailMfaSettings: first } },
  several: {
    mfa: ['text code', 'email code'],
    preference: { SMSMfaSettings: on, EmailMfaSettings: on },
    has: ['passkey'],
  },
  device: { mfa: ['text code'], preference: { SMSMfaSettings: first }, has: ['device'] },
  passkey: { mfa: ['email code'], preference: { EmailMfaSettings: first }, has: ['passkey'] },
  fresh: { isUnreachable: true },
};

export const namesOfPeople = Object.keys(kinds);

interface App {
  readonly id: string;
  readonly poolId: string;
}

/** To be called while the pool still lets everybody in by a password alone. */
export async function aWalkPerson(service: Service, app: App, pool: WalkPool, name: string): Promise<WalkPerson> {
  const { mfa = [], preference, has = [], isTemporary = false, isUnreachable = false } = kinds[name] ?? {};
  const password = `Horse-of-${name}-in-${pool.id.slice(-4)}-9`;
  const attributes = isUnreachable ? {} : addressesOf(name);
  await service.aUser(pool, { username: name, password, attributes, invited: isTemporary });
  const signIn = signingIn(service, app);
  const access = async () => (await signIn.tokens(name, password)).access;
  const secret = has.includes('app') ? await anApp(service, await access()) : '';
  const byPassword = (username: string) => signIn.byPassword(username, password);
  const device = has.includes('device') ? await aDevice(service, { ...signIn, byPassword }, name) : undefined;
  const passkey = has.includes('passkey')
    ? await passkeyCalls(service).register(await access(), anAuthenticator())
    : undefined;
  const named = { UserPoolId: pool.id, Username: name };
  if (preference) await service.client.send(new AdminSetUserMFAPreferenceCommand({ ...named, ...preference }));
  const lastStep = secret ? stepAt(service.clock.now()) : 0;
  const marks = { mark: 0, appMark: 0, lastStep };
  return {
    name,
    pool,
    isReachable: !isUnreachable,
    device,
    passkey,
    password,
    isTemporary,
    mfa,
    secret,
    pending: '',
    ...marks,
  };
}

const addressesOf = (name: string) => ({
  email: `${name}@example.com`,
  email_verified: 'true',
  phone_number: `+1555555${String(namesOfPeople.indexOf(name)).padStart(4, '0')}`,
  phone_number_verified: 'true',
});

async function anApp({ client, clock }: Service, AccessToken: string): Promise<string> {
  const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: appCode(SecretCode, clock.now()) }));
  return SecretCode;
}

export const stepAt = (now: number): number => Math.floor(now / step);

let passwords = 0;

/** An administrator gives the person another password: to whoever was invited a temporary one again. */
export async function replacePassword({ client }: Service, person: WalkPerson, mayStay = true): Promise<void> {
  const isTemporary = kinds[person.name]?.mayBeInvited === true && !(mayStay && passwords % 3 === 0);
  const Password = `Another-${passwords++}-Horse`;
  const named = { UserPoolId: person.pool.id, Username: person.name };
  await client.send(new AdminSetUserPasswordCommand({ ...named, Password, Permanent: !isTemporary }));
  chosePassword(person, Password, isTemporary);
}

export function chosePassword(person: WalkPerson, password: string, isTemporary: boolean): void {
  person.password = password;
  person.isTemporary = isTemporary;
  person.mark += 1;
}

/** An administrator takes away the app of somebody who set one up on the way. */
export async function loseApp({ client }: Service, person: WalkPerson): Promise<void> {
  if (person.isReachable) return;
  await client.send(new AdminDeleteSoftwareTokenCommand({ UserPoolId: person.pool.id, Username: person.name }));
  Object.assign(person, { mfa: [], secret: '', pending: '', lastStep: 0, appMark: person.appMark + 1 });
}

/** For the next walk to begin as the first one did. */
export async function asAtFirst(service: Service, people: readonly WalkPerson[]): Promise<void> {
  for (const person of people) {
    const { isTemporary } = kinds[person.name] ?? {};
    if (isTemporary && !person.isTemporary) await replacePassword(service, person, false);
    if (person.name === 'text' && person.isTemporary) await makePermanent(service, person);
    if (!person.isReachable && person.secret) await loseApp(service, person);
  }
}

async function makePermanent({ client }: Service, person: WalkPerson): Promise<void> {
  const Password = `Another-${passwords++}-Horse`;
  const named = { UserPoolId: person.pool.id, Username: person.name };
  await client.send(new AdminSetUserPasswordCommand({ ...named, Password, Permanent: true }));
  chosePassword(person, Password, false);
}
