/** Sign-ins of many people through one another: replayed, reordered and crossed, none gets tokens for less than it takes. */
import { AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Stride, Walk } from '../support/sign-in-walk.ts';
import { namesOfPeople, signInWorld } from '../support/sign-in-world.ts';
import { refusal, sessionOf, signingIn } from '../support/signing-in.ts';
import { type ServiceOptions, startService } from '../support/start-service.ts';

const seed = Number(process.env['HOSTILE_SEED'] ?? 20160418);

/** The first one most of the time. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) });

const stride: fc.Arbitrary<Stride> = fc.record({
  act: fc.oneof(
    { weight: 30, arbitrary: fc.constant('begin' as const) },
    { weight: 60, arbitrary: fc.constant('respond' as const) },
    { weight: 10, arbitrary: fc.constant('respond twice' as const) },
    { weight: 8, arbitrary: fc.constant('wait' as const) },
    { weight: 3, arbitrary: fc.constant('replace password' as const) },
  ),
  app: fc.nat(3),
  person: fc.nat(27),
  flow: fc.constantFrom(
    'USER_PASSWORD_AUTH',
    'USER_PASSWORD_AUTH',
    'USER_PASSWORD_AUTH',
    'ADMIN_USER_PASSWORD_AUTH',
    'USER_AUTH',
    'USER_AUTH',
    'USER_AUTH',
    'USER_SRP_AUTH',
  ),
  preferred: fc.constantFrom('', 'PASSWORD', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'PASSWORD_SRP', 'WEB_AUTHN'),
  isReplay: mostly(false, true),
  back: mostly(0, 1, 2, 3, 4, 5, 6, 7),
  evidence: mostly<Stride['evidence']>('right', 'right', 'right', 'wrong', 'foreign'),
  crossed: mostly<Stride['crossed']>('nothing', 'app', 'person', 'challenge', 'session', 'no session'),
  challenge: fc.constantFrom(
    'PASSWORD_VERIFIER',
    'SMS_MFA',
    'EMAIL_OTP',
    'SOFTWARE_TOKEN_MFA',
    'SELECT_MFA_TYPE',
    'MFA_SETUP',
    'NEW_PASSWORD_REQUIRED',
    'SELECT_CHALLENGE',
    'PASSWORD',
    'PASSWORD_SRP',
    'SMS_OTP',
    'WEB_AUTHN',
    'CUSTOM_CHALLENGE',
    'DEVICE_SRP_AUTH',
    'DEVICE_PASSWORD_VERIFIER',
  ),
  choice: fc.constantFrom('PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'SMS_MFA', 'EMAIL_MFA'),
  device: mostly<Stride['device']>('none', 'own', 'own', 'foreign'),
  isSilent: mostly(false, true),
  byAdministrator: mostly(false, true),
  wait: fc.constantFrom(2_000, 31_000, 31_000, 180_000, 3_600_000),
});

class Step implements fc.AsyncCommand<object, Walk> {
  readonly #stride: Stride;

  constructor(stride: Stride) {
    this.#stride = stride;
  }

  check = (): boolean => true;

  run = (_: object, walk: Walk): Promise<void> => walk.go(this.#stride);

  toString = (): string => JSON.stringify(this.#stride);
}

const walks = fc.commands([stride.map((one) => new Step(one))], { maxCommands: 400, size: 'max' });

const walkThrough = (seen: Map<string, number>, options: () => Promise<ServiceOptions> = async () => ({})) =>
  fc.asyncProperty(walks, async (commands) => {
    const service = await startService(await options());
    const walk = new Walk(service, await signInWorld(service), seen);
    await fc.asyncModelRun(() => ({ model: {}, real: walk }), commands);
  });

test('Sign-ins replayed, reordered and crossed get tokens for what they take and nothing less, once for each session (auth-flows 23)', async () => {
  const seen = new Map<string, number>();
  await fc.assert(walkThrough(seen), { seed, numRuns: 14 });
  expect(seen.get('requests')).toBeGreaterThan(1000);
  const signedIn = [...seen.keys()].filter((what) => what.startsWith('tokens for ')).map((what) => what.split(' ')[2]);
  expect(new Set(signedIn)).toEqual(new Set(namesOfPeople));
  // Each of them was answered rightly now and then: what is never reached proves nothing.
  const answered = [...seen.keys()].filter((what) => what.startsWith('answered ')).map((what) => what.split(' ')[1]);
  expect(answered.toSorted()).toEqual(reached);
}, 120_000);

const reached = [
  'DEVICE_PASSWORD_VERIFIER',
  'DEVICE_SRP_AUTH',
  'EMAIL_OTP',
  'NEW_PASSWORD_REQUIRED',
  'PASSWORD',
  'PASSWORD_SRP',
  'PASSWORD_VERIFIER',
  'SELECT_CHALLENGE',
  'SELECT_MFA_TYPE',
  'SMS_MFA',
  'SMS_OTP',
  'SOFTWARE_TOKEN_MFA',
];

test('A walk notices sessions that are good for more than one answer', async () => {
  const { ports } = await startService();
  const nonces = { ...ports.nonces, consume: async () => 'consumed' as const };
  const broken = walkThrough(new Map(), async () => ({ ports: { nonces } }));
  const { failed, errorInstance } = await fc.check(broken, { seed, numRuns: 5, endOnFailure: true });
  expect([failed, String(errorInstance)]).toEqual([true, expect.stringMatching(/was good for two|was spent/)]);
}, 120_000);

test('A temporary password that is set in the midst of a sign-in is asked of whoever began it', async () => {
  const service = await startService();
  const [app] = await signInWorld(service);
  const person = app?.people.find(({ name }) => name === 'text');
  if (!app || !person) throw new Error('there is nobody');
  const signIn = signingIn(service, app);
  const posed = await signIn.byPassword('text', person.password);
  await service.client.send(
    new AdminSetUserPasswordCommand({ UserPoolId: app.poolId, Username: 'text', Password: 'Not-for-them-9' }),
  );
  const SMS_MFA_CODE = await service.outbox.codeFor({ poolId: app.poolId, username: 'text' });
  expect(await refusal(signIn.respond('SMS_MFA', { USERNAME: 'text', SMS_MFA_CODE }, sessionOf(posed)))).toBe(
    'NotAuthorizedException: Invalid session for the user.',
  );
  expect(await signIn.byPassword('text', 'Not-for-them-9')).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
});
