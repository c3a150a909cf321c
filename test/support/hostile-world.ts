/** Pools with people in every state, whose names, addresses and passwords carry the mark of secrets. */
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  InitiateAuthCommand,
  ListGroupsCommand,
  ListResourceServersCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  SetUserPoolMfaConfigCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { secretHash } from '../../lambdas/core/rules/secret-hash.ts';
import { attributesOf, type BuiltClient, type BuiltPool } from './builders.ts';
import { confirm, newDeviceOf } from './devices.ts';
import { type KnownPasskeys, passkeysOf } from './hostile-passkeys.ts';
import { type Things, thingsOf } from './hostile-things.ts';
import { SECRET_MARK } from './marked-secrets.ts';
import { replicable } from './replicated-pools.ts';
import { appCode, factorSettings } from './second-factors.ts';
import { parametersOf, sessionOf, tokensOf } from './signing-in.ts';
import { srpClient } from './srp-client.ts';
import type { Service } from './start-service.ts';
import { userSessionsOf } from './user-sessions.ts';

/** What somebody knows who means no good: a person of the service, and everything that was ever handed out to them. */
export interface Known extends Things {
  readonly poolId: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** The username, and every other name that may lead to the person. */
  readonly names: readonly string[];
  readonly email: string;
  readonly phone: string;
  readonly password: string;
  /** That were sent to the person, whatever for. */
  readonly codes: readonly string[];
  readonly tokens: { readonly access: string; readonly id: string; readonly refresh: string } | undefined;
  /** Of NEW_PASSWORD_REQUIRED. */
  readonly session: string | undefined;
  /** Right answers to PASSWORD_VERIFIER, good for once. */
  readonly verifier: Readonly<Record<string, string>> | undefined;
  /** Keys of the person's devices: one that is confirmed, and the one that the tokens were issued to. */
  readonly devices: readonly string[];
  /** Of an authenticator app that waits for its first code, in the pool that offers apps. */
  readonly firstCode: string | undefined;
  /** In the pool that takes them. */
  readonly passkeys: KnownPasskeys | undefined;
  /** Where lists of the pool, and of pools, go on. */
  readonly pages: readonly string[];
}

export const hashOf = ({ clientId, clientSecret }: Known, name: string): string | undefined =>
  clientSecret && secretHash(clientSecret, name, clientId);

/** Everything of them that must not come back in a refusal or stand in a log. */
export const secretsOf = ({ clientSecret, tokens, session, password, retiring }: Known): readonly string[] =>
  [clientSecret, tokens?.access, tokens?.id, tokens?.refresh, session, password, ...(retiring?.secrets ?? [])].filter(
    (text) => text !== undefined,
  );

const schema: CreateUserPoolCommandInput['Schema'] = [
  { Name: 'plan', AttributeDataType: 'String', Mutable: true, StringAttributeConstraints: { MaxLength: '2048' } },
  { Name: 'age', AttributeDataType: 'Number', Mutable: true },
  { Name: 'since', AttributeDataType: 'DateTime', Mutable: false },
];

const pools: readonly Partial<CreateUserPoolCommandInput>[] = [
  {
    AutoVerifiedAttributes: ['email'],
    Schema: schema,
    Policies: { PasswordPolicy: { MinimumLength: 6, PasswordHistorySize: 3 } },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
    ...replicable,
  },
  {
    UsernameAttributes: ['email', 'phone_number'],
    AutoVerifiedAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    KeyConfiguration: replicable.KeyConfiguration,
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  },
  {
    AliasAttributes: ['email', 'phone_number', 'preferred_username'],
    AutoVerifiedAttributes: ['email', 'phone_number'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  },
];

export async function hostileWorld(service: Service): Promise<readonly Known[]> {
  const people: Known[] = [];
  for (const [index, settings] of pools.entries()) people.push(...(await peopleOf(service, index, settings)));
  return people;
}

const states = ['confirmed', 'unconfirmed', 'invited'] as const;

async function peopleOf(service: Service, index: number, settings: Partial<CreateUserPoolCommandInput>) {
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool, {
    GenerateSecret: index === 2,
    PreventUserExistenceErrors: index === 1 ? 'ENABLED' : 'LEGACY',
  });
  const people: Known[] = [];
  for (const state of states) people.push(await person(service, { pool, app, state }));
  if (index === 1) await offerApps(service, pool, people);
  if (index === 1) await takePasskeys(service, pool, people);
  const things = await thingsOf(service, pool, index === 2 ? undefined : app);
  const pages = await pagesOf(service, pool);
  const SessionId = await sessionsIn(service, people);
  const named = { ...things.named, SessionId };
  return people.map((known) => ({ ...known, ...things, named, pages }));
}

async function takePasskeys(service: Service, { id: UserPoolId }: BuiltPool, people: Known[]): Promise<void> {
  const WebAuthnConfiguration = { RelyingPartyId: 'example.com' };
  const apps = factorSettings('OPTIONAL', 'SOFTWARE_TOKEN_MFA');
  await service.client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...apps, WebAuthnConfiguration }));
  for (const [at, known] of people.entries()) {
    if (known.tokens) people[at] = { ...known, passkeys: await passkeysOf(service, known.tokens.access) };
  }
}

/** Nobody has to use them. */
async function offerApps({ client, clock }: Service, { id: UserPoolId }: BuiltPool, people: Known[]): Promise<void> {
  await client.send(
    new SetUserPoolMfaConfigCommand({ UserPoolId, ...factorSettings('OPTIONAL', 'SOFTWARE_TOKEN_MFA') }),
  );
  for (const [at, known] of people.entries()) {
    if (!known.tokens) continue;
    const begun = await client.send(new AssociateSoftwareTokenCommand({ AccessToken: known.tokens.access }));
    people[at] = { ...known, firstCode: appCode(begun.SecretCode ?? '', clock.now()) };
  }
}

/** Of sign-ins that nobody has the tokens of; sessions are tracked by now. */
async function sessionsIn(service: Service, people: readonly Known[]): Promise<readonly string[]> {
  const sessions: string[] = [];
  for (const known of people.filter(({ tokens }) => tokens !== undefined)) {
    await service.client.send(new AdminInitiateAuthCommand(byPassword(known)));
    const listed = await userSessionsOf(service, { id: known.poolId }).adminList(nameOf(known));
    sessions.push(...listed.flatMap(({ SessionId }) => SessionId ?? []));
  }
  return sessions;
}

interface Place {
  readonly pool: BuiltPool;
  readonly app: BuiltClient;
  readonly state: (typeof states)[number];
}

let numbers = 0;

async function person(service: Service, { pool, app, state }: Place): Promise<Known> {
  const email = `${SECRET_MARK.toLowerCase()}${SECRET_MARK}.${state}@example.com`;
  numbers += 1;
  const phone = `+49151${String(numbers).padStart(8, '0')}`;
  const isAddressed = pool.UsernameAttributes !== undefined;
  const blank: Known = {
    poolId: pool.id,
    clientId: app.id,
    clientSecret: app.ClientSecret,
    names: isAddressed ? [email, phone] : [`${SECRET_MARK}-${state}`, email],
    email,
    phone,
    password: `${SECRET_MARK}-Correct-Horse-9`,
    codes: [],
    tokens: undefined,
    session: undefined,
    verifier: undefined,
    devices: [],
    firstCode: undefined,
    passkeys: undefined,
    pages: [],
    named: {},
    retiring: undefined,
  };
  if (state === 'unconfirmed') return signedUp(service, blank);
  const sub = await created(service, blank);
  const named = { ...blank, names: [...blank.names, sub] };
  return state === 'confirmed' ? signedIn(service, named) : invited(service, named);
}

const nameOf = ({ names: [name = ''] }: Known): string => name;

async function signedUp({ client, outbox }: Service, known: Known): Promise<Known> {
  const { UserSub = '' } = await client.send(
    new SignUpCommand({
      ClientId: known.clientId,
      Username: nameOf(known),
      Password: known.password,
      SecretHash: hashOf(known, nameOf(known)),
      UserAttributes: attributesOf({ email: known.email, name: `${SECRET_MARK} Ada` }),
    }),
  );
  return { ...known, names: [...known.names, UserSub], codes: await codesOf(outbox, known) };
}

/** Until now nobody else of the pool has got any. */
const codesOf = async (outbox: Service['outbox'], { poolId }: Known): Promise<readonly string[]> =>
  (await outbox.list({ poolId })).flatMap(({ code }) => code ?? []);

async function created({ client }: Service, known: Known): Promise<string> {
  const { User } = await client.send(
    new AdminCreateUserCommand({
      UserPoolId: known.poolId,
      Username: nameOf(known),
      TemporaryPassword: known.password,
      MessageAction: 'SUPPRESS',
      UserAttributes: attributesOf({ email: known.email, phone_number: known.phone, email_verified: 'true' }),
    }),
  );
  return User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
}

async function signedIn({ client, clock, outbox }: Service, known: Known): Promise<Known> {
  const { poolId: UserPoolId, clientId: ClientId } = known;
  const Username = nameOf(known);
  await client.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: known.password, Permanent: true }),
  );
  const { tokens, devices } = await onDevices({ client }, known);
  await client.send(
    new GetUserAttributeVerificationCodeCommand({ AccessToken: tokens.access, AttributeName: 'email' }),
  );
  await client.send(new ForgotPasswordCommand({ ClientId, Username, SecretHash: hashOf(known, Username) }));
  const verifier = await verifierOf({ client, clock }, known);
  return { ...known, tokens, devices, verifier, codes: await codesOf(outbox, known) };
}

/** In a pool that tracks none, there are tokens alone. */
async function onDevices({ client }: Pick<Service, 'client'>, known: Known) {
  const signIn = () => {
    const { ClientId, AuthParameters } = byPassword(known);
    return client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
  };
  const first = await signIn();
  if (!first.AuthenticationResult?.NewDeviceMetadata) return { tokens: tokensOf(first), devices: [] };
  const device = newDeviceOf(first);
  await confirm({ client }, device);
  const second = await signIn();
  return { tokens: tokensOf(second), devices: [device.key, newDeviceOf(second).key] };
}

async function verifierOf({ client, clock }: Pick<Service, 'client' | 'clock'>, known: Known) {
  const srp = srpClient();
  const challenge = parametersOf(
    await client.send(
      new InitiateAuthCommand({
        ClientId: known.clientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: withHash(known, { USERNAME: nameOf(known), SRP_A: srp.publicValue }),
      }),
    ),
  );
  const { poolId, password } = known;
  return withHash(known, srp.answer(challenge, { poolId, password, at: clock.now() }));
}

async function invited({ client }: Service, known: Known): Promise<Known> {
  return { ...known, session: sessionOf(await client.send(new AdminInitiateAuthCommand(byPassword(known)))) };
}

const byPassword = (known: Known) => ({
  UserPoolId: known.poolId,
  ClientId: known.clientId,
  AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' as const,
  AuthParameters: withHash(known, { USERNAME: nameOf(known), PASSWORD: known.password }),
});

/** With the hash over its own USERNAME, where the client has a secret. */
function withHash(known: Known, parameters: Readonly<Record<string, string>>): Record<string, string> {
  const hash = hashOf(known, parameters['USERNAME'] ?? '');
  return hash === undefined ? parameters : { ...parameters, SECRET_HASH: hash };
}

async function pagesOf({ client }: Service, { id: UserPoolId }: BuiltPool): Promise<readonly string[]> {
  const users = await client.send(new ListUsersCommand({ UserPoolId, Limit: 1 }));
  const lists = await client.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  const groups = await client.send(new ListGroupsCommand({ UserPoolId, Limit: 1 }));
  const servers = await client.send(new ListResourceServersCommand({ UserPoolId, MaxResults: 1 }));
  return [users.PaginationToken, lists.NextToken, groups.NextToken, servers.NextToken].filter(
    (token) => token !== undefined,
  );
}
