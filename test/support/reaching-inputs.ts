/** Inputs that reach the behaviour: what the service knows in the right places, and anything at all around it. */
import fc from 'fast-check';
import type { Operation } from '../../lambdas/core/contract/operation.ts';
import { brokenInput, hostileInput, type Input, validInput } from './generated-inputs.ts';
import { awkwardTexts } from './generated-texts.ts';
import { looks } from './hostile-looks.ts';
import { passkeysIn } from './hostile-passkeys.ts';
import { providersIn } from './hostile-providers.ts';
import { hashOf, type Known } from './hostile-world.ts';
import { markSecrets, SECRET_MARK } from './marked-secrets.ts';
import { deviceVerifier } from './srp-client.ts';

export interface Reaching {
  readonly input: Input;
  /** Whose secrets are in it. */
  readonly known: Known;
}

export function reachingInput({ input: shape, caller }: Operation, people: readonly Known[]): fc.Arbitrary<Reaching> {
  const names = Object.keys(shape.members);
  const around = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(validInput(shape), fc.shuffledSubarray(names, { maxLength: Math.min(3, names.length) }))
        .map(sparse(shape)),
    },
    { weight: 2, arbitrary: validInput(shape) },
    { weight: 1, arbitrary: brokenInput(shape) ?? validInput(shape) },
    { weight: 1, arbitrary: hostileInput(shape) },
  );
  // Whoever has no token yet, cannot ask for anything with one.
  const able = caller.kind === 'token' ? people.filter(({ tokens }) => tokens) : people;
  return fc.constantFrom(...able).chain((known) =>
    fc.tuple(around, insideOf(known, names)).map(([base, inside]) => ({
      // What is marked was an object before.
      input: { ...(markSecrets(shape, base) as Input), ...inside },
      known,
    })),
  );
}

/** Few optional members: of many, one is always wrong, and nothing comes of it. */
const sparse =
  ({ members }: Operation['input']) =>
  ([input, kept]: [Input, readonly string[]]): Input =>
    Object.fromEntries(Object.entries(input).filter(([name]) => !members[name]?.optional || kept.includes(name)));

/** Each member that the service may know, most of the time; `undefined` says that it has to be left out. */
function insideOf(known: Known, names: readonly string[]): fc.Arbitrary<Input> {
  return fc.constantFrom(...known.names).chain((name) => {
    const values = { ...common(known, name), ...signIn(known, name), ...attributes(known) };
    const chosen = names.flatMap((member) => {
      const value = values[member];
      return value ? [[member, fc.option(value, { freq: 12, nil: other })] as const] : [];
    });
    return fc.record(Object.fromEntries(chosen)).map(withoutOthers);
  });
}

/** The member stays what it was. */
const other = Symbol('other');

const withoutOthers = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== other));

type Arbitraries = Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>;

const passwordsOf = ({ password }: Known) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(password) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('', ' ', 'a', `${password} x`, `${password}İ😀`, `${SECRET_MARK}-Other-Horse-7`),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 256 }) },
  );

/** Made once, as it takes longer than most of the rest. */
const aVerifier = deviceVerifier('-12345678', 'us-east-1_0', SECRET_MARK);

function common(known: Known, name: string): Arbitraries {
  const { tokens } = known;
  const someTokens = tokens
    ? fc.constantFrom(tokens.access, tokens.refresh, tokens.id, bent(tokens.access))
    : undefined;
  const code = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(known.codes.length > 0 ? known.codes : ['123456'])) },
    { weight: 1, arbitrary: fc.constantFrom('٣٣٣٣٣٣', '0', '1'.repeat(2048)) },
  );
  const password = passwordsOf(known);
  return {
    UserPoolId: fc.constant(known.poolId),
    DeviceKey: known.devices.length > 0 ? fc.constantFrom(...known.devices) : undefined,
    DeviceSecretVerifierConfig: fc.constantFrom(
      aVerifier,
      { Salt: 'AQ==', PasswordVerifier: 'AQ==' },
      { Salt: SECRET_MARK },
    ),
    ClientId: fc.oneof(
      { weight: 9, arbitrary: fc.constant(known.clientId) },
      { weight: 1, arbitrary: fc.constant(known.retiring?.clientId ?? known.clientId) },
    ),
    LimitDefinition: fc
      .constantFrom('UserRead', 'UserList')
      .map((Category) => ({ LimitClass: 'API_CATEGORY', Attributes: { Category } })),
    RequestedLimitValue: fc.constantFrom(119, 120, 1200, 1201),
    ClientSecretId: fc.constant(known.retiring?.secretId),
    ClientSecret: fc.constant(known.clientSecret),
    Secret: fc.constant(known.retiring?.secrets[0]),
    Username: fc.oneof(
      { weight: 5, arbitrary: fc.constant(name) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(name.toUpperCase(), `${name}x`, `${SECRET_MARK}@example.com`, ...awkwardTexts),
      },
    ),
    SecretHash: fc.constant(hashOf(known, name)),
    AccessToken: someTokens && fc.oneof({ weight: 6, arbitrary: fc.constant(tokens?.access) }, someTokens),
    RefreshToken: someTokens && fc.oneof({ weight: 3, arbitrary: fc.constant(tokens?.refresh) }, someTokens),
    Token: someTokens,
    Password: password,
    PreviousPassword: password,
    ProposedPassword: password,
    TemporaryPassword: password,
    ConfirmationCode: code,
    Code: code,
    Session: sessionsOf(known),
    UserCode: known.firstCode === undefined ? undefined : fc.constantFrom(known.firstCode, known.firstCode, '000000'),
    PaginationToken: pageOf(known),
    NextToken: pageOf(known),
    Filter: filter,
    ...thingsIn(known),
    ...providersIn(known, name),
    ...passkeysIn(known),
    ...looks,
  };
}

/** Whoever sets up an app does so with a token, or with a session in its place. */
function sessionsOf({ session, firstCode }: Known): fc.Arbitrary<unknown> | undefined {
  if (firstCode !== undefined) return fc.constant(undefined);
  return session === undefined ? undefined : fc.constantFrom(session, bent(session));
}

const thingsIn = ({ named }: Known): Arbitraries =>
  Object.fromEntries(Object.entries(named).map(([member, names]) => [member, fc.constantFrom(...names)]));

const pageOf = ({ pages }: Known) => (pages.length === 0 ? undefined : fc.constantFrom(...pages, undefined, undefined));

/** One character is another one. */
function bent(text: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

const awkward = fc.oneof(fc.constantFrom(...awkwardTexts), fc.string({ unit: 'binary', maxLength: 40 }));

/** Not the whole text is ever of the caller's choosing here: blanks, quotes and operators fall where they may. */
const filter = fc
  .tuple(
    fc.constantFrom(
      'email',
      'username',
      'sub',
      'status',
      'cognito:user_status',
      '"name"',
      'phone_number',
      'custom:plan',
      '__proto__',
    ),
    fc.constantFrom('=', '^=', ' = ', '=', '^=', '==', ''),
    fc.oneof(fc.constantFrom(SECRET_MARK, '\\"', 'Enabled', 'CONFIRMED', '+49', '\\\\', ' '.repeat(200)), awkward),
    fc.constantFrom('"', '"', '"', '', '" '),
  )
  .map(([name, operator, value, end]) => `${name}${operator}"${value}${end}`.slice(0, 256));

function signIn(known: Known, name: string): Arbitraries {
  const parameter = (value: fc.Arbitrary<unknown>) => fc.option(value, { freq: 12, nil: undefined });
  const USERNAME = parameter(fc.oneof({ weight: 6, arbitrary: fc.constant(name) }, awkward));
  const SECRET_HASH = fc.constantFrom(hashOf(known, name), hashOf(known, name), undefined);
  const verifier = Object.fromEntries(
    Object.entries(known.verifier ?? {}).map(([key, value]) => [
      key,
      fc.oneof(
        { weight: 8, arbitrary: fc.constant(value) },
        { weight: 1, arbitrary: fc.constantFrom(bent(value), '') },
        awkward,
      ),
    ]),
  );
  return {
    AuthFlow: fc.constantFrom(
      'USER_PASSWORD_AUTH',
      'ADMIN_USER_PASSWORD_AUTH',
      'USER_SRP_AUTH',
      'REFRESH_TOKEN_AUTH',
      'USER_AUTH',
    ),
    AuthParameters: fc.record(
      {
        USERNAME,
        SECRET_HASH,
        PASSWORD: parameter(passwordsOf(known)),
        SRP_A: publicValue,
        REFRESH_TOKEN: parameter(
          fc.constantFrom(known.tokens?.refresh ?? 'none', bent(known.tokens?.refresh ?? 'none')),
        ),
        PREFERRED_CHALLENGE: parameter(awkward),
      },
      { requiredKeys: [] },
    ),
    ChallengeName: fc.oneof(
      { weight: 5, arbitrary: fc.constant(known.session ? 'NEW_PASSWORD_REQUIRED' : 'PASSWORD_VERIFIER') },
      { weight: 1, arbitrary: fc.constantFrom('PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE', 'SMS_MFA', 'SELECT_CHALLENGE') },
    ),
    ChallengeResponses: fc.record(
      {
        USERNAME,
        SECRET_HASH,
        NEW_PASSWORD: parameter(passwordsOf(known)),
        'userAttributes.name': parameter(awkward),
        'userAttributes.__proto__': fc.constantFrom(undefined, undefined, undefined, 'x'),
        ...verifier,
      },
      { requiredKeys: ['USERNAME'] },
    ),
  };
}

/** Zero and its like modulo the prime of SRP, what is no number, and what is a very long one. */
const publicValue = fc.oneof(
  fc.constantFrom('0', '00', '1', '-1', 'FF'.repeat(384), 'f'.repeat(100_000), '0x10', 'g', '', ' 1'),
  fc.stringMatching(/^[0-9a-f]{700}$/),
);

function attributes(known: Known): Arbitraries {
  const names = fc.constantFrom(...attributeNames);
  const value = fc.oneof(fc.constantFrom(...valuesOf(known)), awkward);
  const attribute = fc.oneof(
    fc.constantFrom(
      { Name: 'email', Value: known.email },
      { Name: 'name', Value: '' },
      { Name: 'email_verified', Value: 'true' },
    ),
    fc.record({ Name: names, Value: value }, { requiredKeys: ['Name'] }),
  );
  return {
    UserAttributes: fc.array(attribute, { maxLength: 3 }),
    UserAttributeNames: fc.array(names, { maxLength: 3 }),
    AttributesToGet: fc.array(names, { maxLength: 2 }),
    AttributeName: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('email', 'phone_number') }, names),
    ForceAliasCreation: fc.boolean(),
  };
}

const attributeNames = [
  'email',
  'email',
  'phone_number',
  'email_verified',
  'phone_number_verified',
  'preferred_username',
  'name',
  'birthdate',
  'updated_at',
  'sub',
  'identities',
  'custom:plan',
  'custom:age',
  'custom:since',
  'dev:custom:plan',
  'custom:',
  'custom:__proto__',
  '__proto__',
  'constructor',
] as const;

const valuesOf = ({ email, phone }: Known): readonly string[] => [
  email,
  phone,
  `other-${email}`,
  'true',
  'True',
  '',
  '0',
  '1e400',
  '-0',
  '1815-12-10',
  `${SECRET_MARK}@example.com`,
  SECRET_MARK.repeat(256),
];
