/** Somebody who asks a client that hides who exists how people sign in: what its answers give away. */
import {
  AdminCreateUserCommand,
  type CognitoIdentityProviderClient,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../support/builders.ts';
import { choosingOf, firstFactors, hiding, reachable } from '../support/choosing.ts';
import { put } from '../support/hidden-people.ts';
import { pricedPool } from '../support/priced-pool.ts';
import { failingMessenger } from '../support/recording-messenger.ts';
import { parametersOf, refusal, sessionOf } from '../support/signing-in.ts';
import { srpClient, timestampAt } from '../support/srp-client.ts';
import { type ServiceOptions, startService } from '../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const wrongCode = 'CodeMismatchException: Invalid code or auth state for the user.';
const invalid = 'NotAuthorizedException: Invalid session for the user.';
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const locked = 'NotAuthorizedException: Password attempts exceeded';
const everything = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];
const codes = firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP');

async function aRoom(settings: Partial<CreateUserPoolCommandInput> = codes, options?: ServiceOptions) {
  const service = await startService(options);
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool, hiding);
  const choosing = choosingOf(service, app);
  /** Names that nobody has, and who would have all of these. */
  const nobodyWith = async (available: readonly string[], make = (at: number) => `nobody-${at}`) => {
    for (let at = 0; at < 200; at++) {
      const { AvailableChallenges } = await choosing.choose(make(at));
      if (available.every((name) => AvailableChallenges?.some((one) => one === name))) return make(at);
    }
    throw new Error('There is no such name');
  };
  /** Without a relying party, nobody has a passkey. */
  const useRelyingParty = () =>
    service.client.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: pool.id,
        WebAuthnConfiguration: { RelyingPartyId: 'example.com' },
      }),
    );
  return { ...service, service, pool, app, nobodyWith, useRelyingParty, ...choosing };
}

/** What does not depend on whom it is about: the members, and how long the opaque ones are. */
const shapeOf = ({ $metadata, Session, ChallengeParameters, ...rest }: InitiateAuthCommandOutput) => ({
  ...rest,
  members: Object.keys({ ...(Session && { Session }), ...(ChallengeParameters && { ChallengeParameters }) }),
  session: Session?.length,
  parameters: Object.keys(ChallengeParameters ?? {}).sort(),
});

describe('A client that hides who exists, asked to choose (auth-flows 18)', () => {
  test('answers for nobody as for somebody, to the length of the session', async () => {
    const { choose, aUser, pool, nobodyWith } = await aRoom();
    await aUser(pool, { username: 'ada', attributes: reachable });
    const nobody = await nobodyWith(everything);
    const SRP_A = srpClient().publicValue;
    for (const [preferred, more] of [
      [undefined, {}],
      ['PASSWORD', {}],
      ['PASSWORD_SRP', {}],
      ['PASSWORD_SRP', { SRP_A }],
      ['EMAIL_OTP', {}],
      ['SMS_OTP', {}],
      ['WEB_AUTHN', {}],
    ] as const) {
      const [somebody, simulated] = [await choose('ada', preferred, more), await choose(nobody, preferred, more)];
      expect(shapeOf(simulated)).toEqual(shapeOf(somebody));
      expect(shapeOf(simulated).session).toBeLessThanOrEqual(2000);
    }
  });

  test.each([
    'n',
    '"'.repeat(128),
    'Ω'.repeat(128),
    '😀'.repeat(64),
    'x'.repeat(100_000),
    '\u0000'.repeat(128),
    'sha256:0',
  ])('answers for the name %.20j with a session of the one length', async (name) => {
    const { choose, respond } = await aRoom({});
    const asked = await choose(name);
    expect(asked.Session).toHaveLength((await choose('somebody')).Session?.length ?? 0);
    const answer = { USERNAME: name, ANSWER: 'PASSWORD', PASSWORD: somePassword };
    expect(await refusal(respond('SELECT_CHALLENGE', answer, sessionOf(asked)))).toBe(wrong);
  });

  test('says the same of a name each time, and not the same of every name', async () => {
    const { choose, aClient, service, pool, useRelyingParty } = await aRoom(
      firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'),
    );
    await useRelyingParty();
    const other = choosingOf(service, await aClient(pool, hiding));
    const sets = new Set<string>();
    for (let at = 0; at < 60; at++) {
      const { AvailableChallenges } = await choose(`nobody-${at}`);
      expect((await other.choose(`nobody-${at}`)).AvailableChallenges).toEqual(AvailableChallenges);
      expect(AvailableChallenges).not.toEqual([]);
      sets.add(String(AvailableChallenges));
    }
    // Every kind of user that there is could be one of these.
    expect(sets.size).toBeGreaterThan(4);
    expect([...sets].some((set) => !set.includes('PASSWORD'))).toBe(true);
    expect([...sets].some((set) => set.includes('WEB_AUTHN'))).toBe(true);
  });

  test('sends forgetful people a code, and nobody the same answer', async () => {
    const { client, app, aUser, pool, outbox } = await aRoom();
    await aUser(pool, { username: 'ada', attributes: reachable });
    const detailsFor = async (Username: string) =>
      (await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username }))).CodeDeliveryDetails;
    expect(Object.keys((await detailsFor('nobody')) ?? {}).sort()).toEqual(
      Object.keys((await detailsFor('ada')) ?? {}).sort(),
    );
    expect(await outbox.list({ poolId: pool.id })).toHaveLength(1);
  });

  test('masks the address that nobody has, if that is the name', async () => {
    const { choose, nobodyWith, outbox, pool } = await aRoom({
      ...codes,
      UsernameAttributes: ['email', 'phone_number'],
    });
    const address = await nobodyWith(['EMAIL_OTP'], (at) => `nobody-${at}@example.com`);
    expect(await choose(address, 'EMAIL_OTP')).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
        CODE_DELIVERY_DESTINATION: 'n***@e***',
      },
    });
    const number = await nobodyWith(['SMS_OTP'], (at) => `+1206555${1000 + at}`);
    expect(await choose(number, 'SMS_OTP')).toMatchObject({
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
        CODE_DELIVERY_DESTINATION: `+*******${number.slice(-4)}`,
      },
    });
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
  });

  test('masks an address of its own otherwise, the same each time', async () => {
    const { choose, nobodyWith } = await aRoom();
    const nobody = await nobodyWith(everything);
    const { ChallengeParameters: first } = await choose(nobody, 'EMAIL_OTP');
    expect(first?.['CODE_DELIVERY_DESTINATION']).toMatch(/^[a-z]\*\*\*@[a-z]\*\*\*$/);
    expect((await choose(nobody, 'EMAIL_OTP')).ChallengeParameters).toEqual(first);
  });

  test('refuses every answer as a wrong one, and counts it', async () => {
    const { choose, respond, aUser, pool, nobodyWith, outbox, clock } = await aRoom();
    await aUser(pool, { username: 'ada', attributes: reachable });
    const nobody = await nobodyWith(everything);
    const story = async (USERNAME: string, guess: string) => {
      const told: string[] = [];
      const tell = async (asked: Promise<unknown>) => void told.push(await refusal(asked));
      const selecting = sessionOf(await choose(USERNAME));
      await tell(respond('SELECT_CHALLENGE', { USERNAME, ANSWER: 'PASSWORD', PASSWORD: 'Wrong-Horse-9' }, selecting));
      await tell(respond('SELECT_CHALLENGE', { USERNAME: 'somebody-else', ANSWER: 'EMAIL_OTP' }, selecting));
      const code = sessionOf(await respond('SELECT_CHALLENGE', { USERNAME, ANSWER: 'EMAIL_OTP' }, selecting));
      await tell(respond('SELECT_CHALLENGE', { USERNAME, ANSWER: 'EMAIL_OTP' }, selecting));
      await tell(respond('EMAIL_OTP', { USERNAME, EMAIL_OTP_CODE: guess }, code));
      await tell(respond('EMAIL_OTP', { USERNAME: 'somebody-else', EMAIL_OTP_CODE: guess }, code));
      const password = sessionOf(await choose(USERNAME, 'PASSWORD'));
      await tell(respond('PASSWORD', { USERNAME, PASSWORD: 'Wrong-Horse-9' }, password));
      await tell(choose(USERNAME, 'PASSWORD', { PASSWORD: 'Wrong-Horse-9' }));
      const srp = await choose(USERNAME, 'PASSWORD_SRP', { SRP_A: srpClient().publicValue });
      const claim = {
        USERNAME,
        PASSWORD_CLAIM_SIGNATURE: 'AAAA',
        PASSWORD_CLAIM_SECRET_BLOCK: parametersOf(srp)['SECRET_BLOCK'] ?? '',
        TIMESTAMP: timestampAt(clock.now()),
      };
      await tell(respond('PASSWORD_VERIFIER', claim, sessionOf(srp)));
      await tell(choose(USERNAME, 'PASSWORD', { PASSWORD: 'Wrong-Horse-9' }));
      return told;
    };
    const told = [wrong, invalid, spent, wrongCode, invalid, wrong, wrong, wrong, locked];
    expect(await story(nobody, '12345678')).toEqual(told);
    expect(await story('ada', '12345678')).toEqual(told);
    expect(await outbox.list({ poolId: pool.id })).toHaveLength(1);
  });

  test('keeps a session of nobody from whoever takes the name', async () => {
    const { choose, respond, aUser, pool, nobodyWith, outbox } = await aRoom();
    const nobody = await nobodyWith(everything);
    const [before, selecting] = [
      sessionOf(await choose(nobody, 'EMAIL_OTP')),
      sessionOf(await choose(nobody, 'PASSWORD')),
    ];
    await aUser(pool, { username: nobody, attributes: reachable });
    await choose(nobody, 'EMAIL_OTP');
    const code = await outbox.codeFor({ poolId: pool.id, username: nobody });
    expect(await refusal(respond('EMAIL_OTP', { USERNAME: nobody, EMAIL_OTP_CODE: code }, before))).toBe(wrongCode);
    expect(await refusal(respond('PASSWORD', { USERNAME: nobody, PASSWORD: somePassword }, selecting))).toBe(wrong);
  });

  test('lets nobody be asked for so often an hour as somebody', async () => {
    const { choose, aUser, pool, nobodyWith } = await aRoom();
    await aUser(pool, { username: 'ada', attributes: reachable });
    const nobody = await nobodyWith(everything);
    for (const name of ['ada', nobody]) {
      for (let sent = 0; sent < 20; sent++) expect((await choose(name, 'EMAIL_OTP')).ChallengeName).toBe('EMAIL_OTP');
      expect(await refusal(choose(name, 'EMAIL_OTP'))).toBe(
        'TooManyRequestsException: Attempt limit exceeded, please try after some time.',
      );
    }
  });

  test('does not tell of messages that do not leave', async () => {
    const { choose, respond, aUser, pool } = await aRoom(codes, { ports: { messenger: failingMessenger() } });
    await aUser(pool, { username: 'ada', attributes: reachable });
    const asked = await choose('ada', 'EMAIL_OTP');
    expect(asked.ChallengeName).toBe('EMAIL_OTP');
    const guess = { USERNAME: 'ada', EMAIL_OTP_CODE: '12345678' };
    expect(await refusal(respond('EMAIL_OTP', guess, sessionOf(asked)))).toBe(wrongCode);
  });

  test('answers for who has nothing to sign in with as for nobody', async () => {
    const { choose, respond, client, pool } = await aRoom();
    const eve = { UserPoolId: pool.id, Username: 'eve', MessageAction: 'SUPPRESS' } as const;
    const before = await choose('eve');
    await client.send(new AdminCreateUserCommand(eve));
    const after = await choose('eve');
    expect(shapeOf(after)).toEqual(shapeOf(before));
    const [first] = after.AvailableChallenges ?? [];
    expect(
      await refusal(respond('SELECT_CHALLENGE', { USERNAME: 'eve', ANSWER: first ?? '' }, sessionOf(after))),
    ).toMatch(/^answered/);
  });

  test('does not tell whose address leads to a username', async () => {
    const { choose, respond, aUser, pool, nobodyWith } = await aRoom({ ...codes, AliasAttributes: ['email'] });
    await aUser(pool, { username: 'ada', attributes: reachable });
    const nobody = await nobodyWith(everything, (at) => `nobody-${at}@example.com`);
    const asked = [await choose(reachable.email, 'PASSWORD'), await choose(nobody, 'PASSWORD')] as const;
    expect(shapeOf(asked[1])).toEqual(shapeOf(asked[0]));
    // What they are told to hash with is good for a name in the answer.
    const shown = parametersOf(asked[1])['USER_ID_FOR_SRP'] ?? '';
    expect(shown).not.toContain('@');
    for (const USERNAME of [nobody, shown]) {
      expect(await refusal(respond('PASSWORD', { USERNAME, PASSWORD: 'x' }, sessionOf(asked[1])))).toBe(wrong);
    }
  });

  test('takes a passkey of nobody for a wrong one', async () => {
    const { choose, respond, nobodyWith, useRelyingParty } = await aRoom({
      ...firstFactors('PASSWORD', 'WEB_AUTHN'),
    });
    await expect(nobodyWith(['WEB_AUTHN'])).rejects.toThrow('There is no such name');
    await useRelyingParty();
    const nobody = await nobodyWith(['WEB_AUTHN']);
    const asked = await choose(nobody, 'WEB_AUTHN');
    const options = JSON.parse(parametersOf(asked)['CREDENTIAL_REQUEST_OPTIONS'] ?? '');
    expect(options.allowCredentials[0]).toMatchObject({ type: 'public-key', id: expect.any(String) });
    const again = JSON.parse(parametersOf(await choose(nobody, 'WEB_AUTHN'))['CREDENTIAL_REQUEST_OPTIONS'] ?? '');
    expect(again.allowCredentials).toEqual(options.allowCredentials);
    expect(again.challenge).not.toBe(options.challenge);
    const given = { USERNAME: nobody, CREDENTIAL: '{}' };
    expect(await refusal(respond('WEB_AUTHN', given, sessionOf(asked)))).toBe(wrong);
  });

  test('asks nobody for as many passkeys as people have, of the lengths that theirs have', async () => {
    const { choose, useRelyingParty } = await aRoom(firstFactors('PASSWORD', 'WEB_AUTHN'));
    await useRelyingParty();
    const [numbers, lengths] = [new Set<number>(), new Set<number>()];
    // One in 64 has three of them: so many names without one of these is a bug, not chance.
    for (let at = 0; at < 2000 && (at < 100 || numbers.size < 3 || lengths.size < 3); at++) {
      const asked = await choose(`nobody-${at}`, 'WEB_AUTHN');
      if (asked.ChallengeName !== 'WEB_AUTHN') continue;
      const { allowCredentials } = JSON.parse(parametersOf(asked)['CREDENTIAL_REQUEST_OPTIONS'] ?? '');
      numbers.add(allowCredentials.length);
      for (const { id } of allowCredentials) lengths.add(Buffer.from(id, 'base64url').length);
    }
    expect(numbers).toEqual(new Set([1, 2, 3]));
    expect(lengths).toEqual(new Set([16, 20, 32]));
  });

  test('does as much for nobody as for somebody, in units of the database', async () => {
    const { aUser, aClient, pool, priceOf, client, ports } = await pricedPool(0);
    const app = await aClient(pool, hiding);
    await aUser(pool, { username: 'ada', attributes: reachable });
    const ask = (through: CognitoIdentityProviderClient, USERNAME: string, more: Readonly<Record<string, string>>) =>
      through.send(
        new InitiateAuthCommand({ ClientId: app.id, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME, ...more } }),
      );
    const guess = (through: CognitoIdentityProviderClient, name: string, Session: string) =>
      through.send(
        new RespondToAuthChallengeCommand({
          ClientId: app.id,
          ChallengeName: 'PASSWORD',
          Session,
          ChallengeResponses: { USERNAME: name, PASSWORD: 'Wrong-Horse-9' },
        }),
      );
    const pricesOf = async (name: string) => {
      const prices: unknown[] = [];
      const price = async (send: (through: CognitoIdentityProviderClient) => Promise<unknown>) =>
        void prices.push(await priceOf(send));
      await price((through) => ask(through, name, {}));
      await price((through) => ask(through, name, { PREFERRED_CHALLENGE: 'EMAIL_OTP' }));
      await price((through) => ask(through, name, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: 'abc' }));
      const session = sessionOf(await ask(client, name, { PREFERRED_CHALLENGE: 'PASSWORD' }));
      await price((through) => refusal(guess(through, name, session)));
      return prices;
    };
    const isLikeAda = async (name: string) =>
      String((await ask(client, name, {})).AvailableChallenges) ===
      String((await ask(client, 'ada', {})).AvailableChallenges);
    expect(await isLikeAda('nobody')).toBe(true);
    const prices = await pricesOf('nobody');
    expect(await pricesOf('ada')).toEqual(prices);
    await aUser(pool, { username: 'eve', attributes: reachable });
    await put({ ports, pool }, 'eve', 'EXTERNAL_PROVIDER');
    expect(await pricesOf('eve')).toEqual(prices);
  });
});

test('A client that may know is told that nobody has a name (auth-flows 18)', async () => {
  const { aClient, service, pool } = await aRoom();
  const open = choosingOf(service, await aClient(pool, { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] }));
  for (const preferred of [undefined, 'EMAIL_OTP', 'PASSWORD']) {
    expect(await refusal(open.choose('nobody', preferred))).toBe('UserNotFoundException: User does not exist.');
  }
});
