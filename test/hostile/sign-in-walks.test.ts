/** Sign-ins of many people through one another: replayed, reordered and crossed, none gets tokens for less than it takes. */
import { AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusal, sessionOf, signingIn } from '../support/signing-in.ts';
import { type Service, type ServiceOptions, startService } from '../support/start-service.ts';
import { namesOfPeople } from './walks/people.ts';
import { askingFunctions } from './walks/questions.ts';
import { type Stride, strides } from './walks/strides.ts';
import { Walk } from './walks/walk.ts';
import { nextWalk, signInWorld, type WalkApp } from './walks/world.ts';

const seed = Number(process.env['HOSTILE_SEED'] ?? 20160418);

interface World {
  readonly service: Service;
  readonly apps: readonly WalkApp[];
}

/** One for many walks, as making it takes longer than a walk. */
async function aWorld(ports: ServiceOptions['ports'] = {}): Promise<World> {
  const service = await startService({ ports: { triggers: askingFunctions(), ...ports } });
  return { service, apps: await signInWorld(service) };
}

const walking = ({ service, apps }: World, seen: Map<string, number>, all: Partial<Stride> = {}) =>
  fc.asyncProperty(strides, async (those) => {
    await nextWalk(service, apps);
    const walk = new Walk(service, apps, seen);
    for (const stride of those) await walk.go({ ...stride, ...all });
  });

/** The rest of what was counted, by how it begins. */
const counted = (seen: ReadonlyMap<string, number>, prefix: string): readonly string[] =>
  [...seen.keys()]
    .filter((what) => what.startsWith(prefix))
    .map((what) => what.slice(prefix.length))
    .toSorted();

test('Sign-ins replayed, reordered and crossed get tokens for what they take and nothing less, once for each session (auth-flows 23)', async () => {
  const seen = new Map<string, number>();
  await fc.assert(walking(await aWorld(), seen), { seed, numRuns: 2_000 });
  // What is never reached proves nothing: everybody has signed in, and everything that can be asked was answered rightly.
  expect(counted(seen, 'tokens for ')).toEqual(
    namesOfPeople.flatMap((name) => [`${name} with one`, `${name} with two`]).toSorted(),
  );
  expect(counted(seen, 'answered ')).toEqual(reached);
}, 240_000);

const reached = [
  'CUSTOM_CHALLENGE',
  'DEVICE_PASSWORD_VERIFIER',
  'DEVICE_SRP_AUTH',
  'EMAIL_OTP',
  'MFA_SETUP',
  'NEW_PASSWORD_REQUIRED',
  'PASSWORD',
  'PASSWORD_SRP',
  'PASSWORD_VERIFIER',
  'SELECT_CHALLENGE',
  'SELECT_MFA_TYPE',
  'SMS_MFA',
  'SMS_OTP',
  'SOFTWARE_TOKEN_MFA',
  'WEB_AUTHN',
];

describe('A walk notices', () => {
  let ports: Service['ports'];
  let counter = 1_000_000;
  beforeAll(async () => {
    ({ ports } = await startService());
  });

  test.each<[string, () => ServiceOptions['ports'], Partial<Stride>, RegExp]>([
    [
      'sessions that are good for more than one answer',
      () => ({ nonces: { ...ports.nonces, consume: async () => 'consumed' as const } }),
      {},
      /was good for two|was spent/,
    ],
    [
      'codes of an app that are good for more than one answer',
      () => ({ softwareTokens: { ...ports.softwareTokens, take: async () => 'taken' as const } }),
      { person: namesOfPeople.indexOf('app'), flow: 'USER_PASSWORD_AUTH' },
      /the evidence for SOFTWARE_TOKEN_MFA was wrong/,
    ],
    [
      'passkeys that sign for others',
      () => ({ passkeyVerifier: { ...ports.passkeyVerifier, verify: async () => ({ counter: counter++ }) } }),
      { person: namesOfPeople.indexOf('passkey'), flow: 'USER_AUTH', preferred: 'WEB_AUTHN' },
      /the evidence for WEB_AUTHN was wrong/,
    ],
  ])(
    '%s',
    async (_, broken, like, says) => {
      const walks = walking(await aWorld(broken()), new Map(), like);
      const { failed, errorInstance } = await fc.check(walks, { seed, numRuns: 300, endOnFailure: true });
      expect([failed, String(errorInstance)]).toEqual([true, expect.stringMatching(says)]);
    },
    120_000,
  );
});

test('A temporary password that is set in the midst of a sign-in is asked of whoever began it', async () => {
  const { service, apps } = await aWorld();
  const [app] = apps;
  const person = app?.people.find(({ name }) => name === 'text');
  if (!app || !person) throw new Error('there is nobody');
  const signIn = signingIn(service, { id: app.id, poolId: app.pool.id });
  const posed = await signIn.byPassword('text', person.password);
  await service.client.send(
    new AdminSetUserPasswordCommand({ UserPoolId: app.pool.id, Username: 'text', Password: 'Not-for-them-9' }),
  );
  const SMS_MFA_CODE = await service.outbox.codeFor({ poolId: app.pool.id, username: 'text' });
  expect(await refusal(signIn.respond('SMS_MFA', { USERNAME: 'text', SMS_MFA_CODE }, sessionOf(posed)))).toBe(
    'NotAuthorizedException: Invalid session for the user.',
  );
  expect(await signIn.byPassword('text', 'Not-for-them-9')).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
});
