/** Somebody who asks clients that hide who exists: what the answers give away beside their words. */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { UserStatus } from '../../lambdas/core/model/user.ts';
import { attributesOf } from '../support/builders.ts';
import { choosingOf, firstFactors } from '../support/choosing.ts';
import { customRoom } from '../support/custom-functions.ts';
import {
  accountStory,
  aHidingRoom,
  aNobodyWith,
  beforeAndAfter,
  choiceStory,
  type HidingRoom,
  passwordStory,
  put,
  type Story,
  withoutOwn,
} from '../support/hidden-people.ts';
import { refusal, signingIn } from '../support/signing-in.ts';
import { srpClient, timestampAt } from '../support/srp-client.ts';
import { startService } from '../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const locked = 'NotAuthorizedException: Password attempts exceeded';

async function aRoom(settings: Partial<CreateUserPoolCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool, { PreventUserExistenceErrors: 'ENABLED' });
  const hiding = signingIn(service, app);
  /** The answer to a challenge under another name, with a signature that no password makes. */
  const guessUnder = (USERNAME: string, block: string) =>
    refusal(
      hiding.respond('PASSWORD_VERIFIER', {
        USERNAME,
        PASSWORD_CLAIM_SECRET_BLOCK: block,
        PASSWORD_CLAIM_SIGNATURE: 'AAAA',
        TIMESTAMP: timestampAt(service.clock.now()),
      }),
    );
  const blockOf = async (name: string) => (await hiding.challengeOf(name, srpClient()))['SECRET_BLOCK'] ?? '';
  return { ...service, pool, app, hiding, guessUnder, blockOf };
}

describe('a client that hides who exists', () => {
  test.each<{ readonly settings: Partial<CreateUserPoolCommandInput>; readonly names: readonly string[] }>([
    { settings: {}, names: ['ada', 'bob', 'somebody-with-a-longer-name', 'Ω'.repeat(128), '"'.repeat(128)] },
    {
      settings: { UsernameAttributes: ['email'] },
      names: ['ada@example.com', 'b@c', `${'long'.repeat(25)}@example.com`],
    },
    { settings: { AliasAttributes: ['email'] }, names: ['ada', 'nobody', 'ada@example.com', 'nobody@example.com'] },
  ])('poses challenges of one size to $names.length names in a pool with $settings', async ({ settings, names }) => {
    const { pool, aUser, blockOf } = await aRoom(settings);
    const [known = ''] = names;
    const address = settings.AliasAttributes ? { email: 'ada@example.com', email_verified: 'true' } : {};
    await aUser(pool, { username: known, attributes: address });
    const sizes = await Promise.all(names.map(async (name) => (await blockOf(name)).length));
    expect(new Set(sizes).size).toBe(1);
  });

  test('tells nobody which addresses and numbers lead to a username', async () => {
    const { pool, aUser, blockOf, guessUnder } = await aRoom({ AliasAttributes: ['email', 'phone_number'] });
    const attributes = {
      email: 'ada@example.com',
      email_verified: 'true',
      phone_number: '+15550100',
      phone_number_verified: 'true',
    };
    const { sub } = await aUser(pool, { username: 'ada', attributes });
    const block = await blockOf('ada');
    const tried = ['+15550101', '+15550100', 'ada@example.com', sub];
    for (const name of tried.slice(0, 4)) expect(await guessUnder(name, block)).toBe(wrong);
    // Each of them was a guess at the password.
    expect(await guessUnder('+15550199', await blockOf('ada'))).toBe(wrong);
    expect(await guessUnder('+15550198', await blockOf('ada'))).toBe(locked);
  });

  test('sends codes to people alone, and says the same to all', async () => {
    const { client, pool, app, aUser, outbox } = await aRoom({ AutoVerifiedAttributes: ['email'] });
    await aUser(pool, { username: 'ada', attributes: { email: 'ada@example.com', email_verified: 'true' } });
    const keysFor = async (Username: string) => {
      const { $metadata, ...answer } = await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username }));
      return [Object.keys(answer), Object.keys(answer.CodeDeliveryDetails ?? {}).toSorted()];
    };
    expect(await keysFor('nobody')).toEqual(await keysFor('ada'));
    expect((await outbox.list({ poolId: pool.id })).map(({ to }) => to)).toEqual(['ada@example.com']);
  });
});

interface Person {
  readonly who: string;
  /** Makes somebody who has both names, the address verified. */
  readonly make: (room: HidingRoom, username: string, email: string) => Promise<unknown>;
}

const verified = (email: string) => ({ email, email_verified: 'true' });

const withoutPassword: Person['make'] = ({ client, pool }, Username, email) =>
  client.send(
    new AdminCreateUserCommand({
      UserPoolId: pool.id,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: attributesOf(verified(email)),
    }),
  );

const withPassword: Person['make'] = ({ aUser, pool }, username, email) =>
  aUser(pool, { username, attributes: verified(email) });

const inStatus =
  (status: UserStatus): Person['make'] =>
  async (room, username, email) => {
    const user = await room.aUser(room.pool, { username, attributes: verified(email) });
    await put(room, user.username, status);
  };

const disabled: Person['make'] = async (room, username, email) => {
  await withPassword(room, username, email);
  await room.client.send(new AdminDisableUserCommand({ UserPoolId: room.pool.id, Username: username }));
};

const invited: Person['make'] = ({ aUser, pool }, username, email) =>
  aUser(pool, { username, attributes: verified(email), invited: true });

const ofAnotherProvider: Person = { who: 'is of another provider', make: inStatus('EXTERNAL_PROVIDER') };

const [username, email] = ['eve', 'eve@example.com'];
const names = [email, username];

/** In these pools an address that was verified is no first factor, and a phone number is. */
const byAlias = {
  ...firstFactors('PASSWORD', 'SMS_OTP', 'WEB_AUTHN'),
  AliasAttributes: ['email'],
  AutoVerifiedAttributes: ['email'],
} as const satisfies Partial<CreateUserPoolCommandInput>;

/** The same story of the same names, one after the other, before somebody has them and after. */
async function compare(
  settings: Partial<CreateUserPoolCommandInput>,
  story: typeof passwordStory,
  { make }: Person,
  choices?: readonly string[],
) {
  const room = await aHidingRoom({ ...settings, AliasAttributes: ['email'] });
  const address = choices ? await aNobodyWith(room, choices) : email;
  const called = address.split('@')[0] ?? '';
  const tell = async () => {
    const stories: Story[] = [];
    for (const name of [address, called]) stories.push(await story(room, name));
    return stories.flat();
  };
  return beforeAndAfter(room, tell, () => make(room, called, address));
}

const posed = (ChallengeName: string) => ({ ChallengeName });

describe('Nobody of their names was told anything else to the last value than who', () => {
  const nothingToSignInWith = { who: 'has nothing to sign in with', make: withoutPassword };

  test.each([nothingToSignInWith, ofAnotherProvider])('$who, in the flows of a password', async (person) => {
    const [before, after] = await compare(byAlias, passwordStory, person);
    expect(after).toEqual(before);
    expect(JSON.stringify(before)).toContain('Password attempts exceeded');
  });

  test.each([nothingToSignInWith, ofAnotherProvider])('$who, in a choice-based sign-in', async (person) => {
    const choices = ['PASSWORD_SRP', 'PASSWORD', 'SMS_OTP', 'WEB_AUTHN'];
    const [before, after] = await compare(byAlias, choiceStory, person, choices);
    expect(after).toEqual(before);
    for (const choice of choices) expect(before).toContainEqual([choice, expect.objectContaining(posed(choice))]);
    expect(JSON.stringify(before).split('Password attempts exceeded').length).toBeGreaterThan(choices.length);
  });

  test('has codes and no password, in the flows of a password', async () => {
    const person = { who: '', make: withoutPassword };
    const [before, after] = await compare(firstFactors('PASSWORD', 'EMAIL_OTP'), passwordStory, person);
    expect(after).toEqual(before);
  });

  test.each([ofAnotherProvider, { who: 'is disabled', make: disabled }, { who: 'was invited', make: invited }])(
    '$who, in registration and recovery',
    async ({ make }) => {
      const room = await aHidingRoom(byAlias);
      const tell = () => accountStory(room, names);
      const [before, after] = await beforeAndAfter(room, tell, () => make(room, username, email));
      expect(after).toEqual(before);
      expect(JSON.stringify(before)).toContain('LimitExceededException');
      expect(await room.outbox.list({ poolId: room.pool.id })).toEqual([]);
    },
  );

  test.each([
    ['the flows of a password', passwordStory],
    ['a choice-based sign-in', choiceStory],
    ['registration and recovery', (room: HidingRoom, name: string) => accountStory(room, [name])],
  ])('is asked for by an address that is not verified, in %s', async (_, story) => {
    const room = await aHidingRoom({ ...byAlias, ...firstFactors('PASSWORD', 'EMAIL_OTP') });
    const make = () => room.aUser(room.pool, { username, attributes: { email } });
    const [before, after] = await beforeAndAfter(room, () => story(room, email), make);
    expect(after).toEqual(before);
  });
});

test('Who is of another provider is to the pool’s own functions what nobody of the name was', async () => {
  const client = { PreventUserExistenceErrors: 'ENABLED' } as const;
  const room = await customRoom({ client, pool: { AliasAttributes: ['email'] } });
  const tell = async () => {
    const asked = await room.begin(email);
    const next = await room.answer(asked, 'answer 0', email);
    return [asked.ChallengeParameters, next.ChallengeParameters, await refusal(room.answer(next, 'no', 'eve'))];
  };
  const before = await tell();
  const events = room.events.splice(0);
  await inStatus('EXTERNAL_PROVIDER')({ ...room, ...choosingOf(room, room.app) }, username, email);
  expect(await tell()).toEqual(before);
  expect(room.events).toEqual(events);
});

test('Who is of another provider is locked out under the one name, through every process', async () => {
  const room = await aHidingRoom(byAlias);
  await inStatus('EXTERNAL_PROVIDER')(room, username, email);
  for (let at = 0; at < 5; at++) expect(await refusal(room.byPassword(email, `Wrong-Horse-${at}`))).toBe(wrong);
  const elsewhere = signingIn(await startService(), room.app);
  expect(await refusal(elsewhere.byPassword(email))).toBe(locked);
  expect(await refusal(elsewhere.byPassword(username))).toBe(wrong);
});

/** Who has a password: whoever has it too may hear how they are. */
const somebody: readonly (Person & { readonly told: RegExp; readonly choices?: readonly string[] })[] = [
  { who: 'is confirmed', make: withPassword, told: /^answered/ },
  {
    who: 'was invited',
    make: invited,
    told: /^answered.*NEW_PASSWORD_REQUIRED/,
    choices: ['PASSWORD_SRP', 'PASSWORD'],
  },
  { who: 'is disabled', make: disabled, told: /^NotAuthorizedException: User is disabled\.$/ },
  {
    who: 'is not confirmed',
    make: inStatus('UNCONFIRMED'),
    told: /^UserNotConfirmedException: User is not confirmed\.$/,
  },
  {
    who: 'has to reset the password',
    make: inStatus('RESET_REQUIRED'),
    told: /^PasswordResetRequiredException: Password reset required for the user$/,
  },
];

/** States that no operation leads to. */
const others = (['ARCHIVED', 'COMPROMISED', 'UNKNOWN'] as const).map((status) => ({
  who: `is in the state ${status}`,
  make: inStatus(status),
  told: /^NotAuthorizedException: Incorrect username or password\.$/,
}));

describe.each([...somebody, ...others])('Without the password of somebody who $who', ({ make, told }) => {
  test('nobody hears anything else than of nobody', async () => {
    const room = await aHidingRoom({});
    const nobody = withoutOwn(await passwordStory(room, 'nobody'));
    await make(room, username, email);
    expect(withoutOwn(await passwordStory(room, username))).toEqual(nobody);
  });

  test('the right one tells what the specification says that it tells', async () => {
    const room = await aHidingRoom({});
    await make(room, username, email);
    expect(await refusal(room.byPassword(username))).toMatch(told);
  });
});

test.each(somebody)('There is a nobody who chooses as somebody does who $who', async ({ make, choices }) => {
  const room = await aHidingRoom({ ...firstFactors('PASSWORD', 'EMAIL_OTP'), UsernameAttributes: ['email'] });
  await make(room, email, email);
  const { AvailableChallenges: theirs } = await room.choose(email);
  expect(theirs).toEqual(choices ?? ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP']);
  const nobody = await aNobodyWith(room, theirs);
  expect(withoutOwn(await choiceStory(room, email))).toEqual(withoutOwn(await choiceStory(room, nobody)));
});
