/** For how long each kind of code is good, how often it may be asked for and guessed, and what a newer one does to it. */
import {
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  ResendConfirmationCodeCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../support/builders.ts';
import { choosing, choosingOf, firstFactors, reachable } from '../support/choosing.ts';
import {
  codeMismatch,
  day,
  expiredCode,
  hour,
  limitExceeded,
  minute,
  otherThan,
  refusalOfCall,
  signUp,
  tallyOf,
  tokenOf,
} from '../support/people.ts';
import { aFactorRoom } from '../support/second-factors.ts';
import { sessionOf } from '../support/signing-in.ts';
import { startService } from '../support/start-service.ts';

const email = 'ada@example.com';
const next = 'Another-Horse-9';
const second = 1000;

/** Ada, who is signed in, and Bob, who has registered; both may get codes. */
async function aPlace() {
  const service = await startService();
  const { client, outbox } = service;
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  // Tokens are good for longer than any test waits.
  const app = await service.aClient(pool, { AccessTokenValidity: 24 });
  await service.aUser(pool, { username: 'ada', attributes: { email, email_verified: 'true' } });
  const AccessToken = await tokenOf(client, app, { username: 'ada' });
  await signUp(client, app, { username: 'bob', attributes: { email: 'bob@example.com' } });
  const ClientId = app.id;
  const UserPoolId = pool.id;
  return {
    ...service,
    codeOf: (username: string) => outbox.codeFor({ poolId: pool.id, username }),
    resend: () => client.send(new ResendConfirmationCodeCommand({ ClientId, Username: 'bob' })),
    confirm: (ConfirmationCode: string) =>
      client.send(new ConfirmSignUpCommand({ ClientId, Username: 'bob', ConfirmationCode })),
    forget: () => client.send(new ForgotPasswordCommand({ ClientId, Username: 'ada' })),
    resetByAdmin: () => client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: 'ada' })),
    recover: (ConfirmationCode: string) =>
      client.send(new ConfirmForgotPasswordCommand({ ClientId, Username: 'ada', ConfirmationCode, Password: next })),
    askToVerify: () =>
      client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' })),
    moveByAdmin: () =>
      client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId,
          Username: 'ada',
          UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
        }),
      ),
    verify: async (Code: string) =>
      client.send(new VerifyUserAttributeCommand({ AccessToken: await freshToken(), AttributeName: 'email', Code })),
    changePassword: () =>
      client.send(
        new ChangePasswordCommand({ AccessToken, PreviousPassword: somePassword, ProposedPassword: somePassword }),
      ),
  };

  async function freshToken(): Promise<string> {
    return tokenOf(client, app, { username: 'ada' });
  }
}

type Place = Awaited<ReturnType<typeof aPlace>>;

interface Kind {
  readonly lifetime: number;
  readonly to: 'ada' | 'bob';
  readonly send: (place: Place) => Promise<unknown>;
  readonly use: (place: Place, code: string) => Promise<unknown>;
}

const kinds: Readonly<Record<string, Kind>> = {
  'of a registration': { lifetime: day, to: 'bob', send: (at) => at.resend(), use: (at, code) => at.confirm(code) },
  'that verifies an attribute': {
    lifetime: day,
    to: 'ada',
    send: (at) => at.askToVerify(),
    use: (at, code) => at.verify(code),
  },
  'for a new address': { lifetime: day, to: 'ada', send: (at) => at.moveByAdmin(), use: (at, code) => at.verify(code) },
  'for a forgotten password': {
    lifetime: hour,
    to: 'ada',
    send: (at) => at.forget(),
    use: (at, code) => at.recover(code),
  },
  'of a reset by an administrator': {
    lifetime: hour,
    to: 'ada',
    send: (at) => at.resetByAdmin(),
    use: (at, code) => at.recover(code),
  },
};

describe('A code', () => {
  test.each(Object.entries(kinds))(
    '%s is good for its time and no longer (triggers-and-messages 39)',
    async (_what, kind) => {
      for (const [wait, outcome] of [
        [kind.lifetime, 'nothing is refused'],
        [kind.lifetime + second, expiredCode],
      ] as const) {
        const place = await aPlace();
        await kind.send(place);
        const code = await place.codeOf(kind.to);
        place.clock.advance(wait);
        expect(await refusalOfCall(kind.use(place, code))).toBe(outcome);
      }
    },
  );

  test.each(Object.entries(kinds))('%s is good once (triggers-and-messages 39)', async (_what, kind) => {
    const place = await aPlace();
    await kind.send(place);
    const code = await place.codeOf(kind.to);
    const uses = await tallyOf(Array.from({ length: 4 }, () => kind.use(place, code)));
    expect(uses['nothing is refused']).toBe(1);
    expect(await refusalOfCall(kind.use(place, code))).not.toBe('nothing is refused');
  });

  test.each(Object.entries(kinds))(
    '%s is replaced by another one, which may be asked for at once (triggers-and-messages 39)',
    async (_what, kind) => {
      const place = await aPlace();
      const codes: string[] = [];
      for (let sent = 0; sent < 3; sent++) {
        await kind.send(place);
        codes.push(await place.codeOf(kind.to));
      }
      const newest = codes.at(-1) ?? '';
      for (const old of codes.filter((code) => code !== newest)) {
        expect(await refusalOfCall(kind.use(place, old))).toBe(codeMismatch);
      }
      expect(await refusalOfCall(kind.use(place, newest))).toBe('nothing is refused');
    },
  );

  test('has six digits, and eight to sign in with', async () => {
    for (const kind of Object.values(kinds)) {
      const place = await aPlace();
      await kind.send(place);
      expect(await place.codeOf(kind.to)).toMatch(/^\d{6}$/);
    }
    const { choose, codeFor } = await aDoor();
    await choose('ada', 'EMAIL_OTP');
    expect(await codeFor()).toMatch(/^\d{8}$/);
  });
});

/** Where people sign in by a code, for clients whose sessions last so many minutes. */
async function aDoor(AuthSessionValidity?: number) {
  const service = await startService();
  const pool = await service.aPool(firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'));
  const app = await service.aClient(pool, { ...choosing, ...(AuthSessionValidity && { AuthSessionValidity }) });
  await service.aUser(pool, { username: 'ada', attributes: reachable });
  const codeFor = () => service.outbox.codeFor({ poolId: pool.id, username: 'ada' });
  return { ...service, ...choosingOf(service, app), codeFor };
}

describe('A code to sign in with', () => {
  test.each([
    [undefined, 3],
    [3, 3],
    [15, 15],
  ])('in a client with sessions of %s minutes is good for %i (triggers-and-messages 39)', async (validity, minutes) => {
    for (const factor of ['EMAIL_OTP', 'SMS_OTP'] as const) {
      for (const wait of [minutes * minute - 1, minutes * minute]) {
        const { choose, respond, codeFor, clock } = await aDoor(validity);
        const session = sessionOf(await choose('ada', factor));
        const responses = { USERNAME: 'ada', [`${factor}_CODE`]: await codeFor() };
        clock.advance(wait);
        const answer = await refusalOfCall(respond(factor, responses, session));
        const isLate = wait === minutes * minute;
        expect(answer).toMatch(isLate ? /^NotAuthorizedException: .*session is expired/ : /^nothing is refused/);
      }
    }
  });

  test('is sent twenty times an hour to one person, whoever asks for it (triggers-and-messages 39)', async () => {
    const { choose, clock } = await aDoor();
    for (let sent = 0; sent < 20; sent++) await choose('ada', 'EMAIL_OTP');
    const refused = 'TooManyRequestsException: Attempt limit exceeded, please try after some time.';
    expect(await refusalOfCall(choose('ada', 'EMAIL_OTP'))).toBe(refused);
    clock.advance(hour);
    expect(await refusalOfCall(choose('ada', 'EMAIL_OTP'))).toBe('nothing is refused');
  });
});

/** Ada, whose second factor is her mailbox; a sign-in goes as far as a code for it, or to what it is refused with. */
async function aMailbox() {
  const room = await aFactorRoom({
    offers: ['EMAIL_OTP'],
    user: { attributes: { email, email_verified: 'true' } },
  });
  await room.prefer({ EmailMfaSettings: { Enabled: true, PreferredMfa: true } });
  const signInFrom = (IpAddress?: string) =>
    refusalOfCall(
      room.client.send(
        new AdminInitiateAuthCommand({
          UserPoolId: room.pool.id,
          ClientId: room.app.id,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword },
          ...(IpAddress && { ContextData: { IpAddress, ServerName: 's', ServerPath: '/', HttpHeaders: [] } }),
        }),
      ),
    );
  return { ...room, signInFrom };
}

describe('A mailed code of a second factor', () => {
  const nothing = 'nothing is refused';
  const tooMany = 'TooManyRequestsException: Attempt limit exceeded, please try after some time.';

  test('goes to one address ten times an hour for one requester (triggers-and-messages 39)', async () => {
    const { signInFrom, clock } = await aMailbox();
    for (let sent = 0; sent < 10; sent++) expect(await signInFrom('192.0.2.7')).toBe(nothing);
    expect(await signInFrom('192.0.2.7')).toBe(tooMany);
    // What is refused is no burden to others, nor to who waits.
    for (let sent = 0; sent < 10; sent++) expect(await signInFrom('2001:db8::1')).toBe(nothing);
    expect(await signInFrom('198.51.100.9')).toBe(tooMany);
    clock.advance(hour);
    expect(await signInFrom('192.0.2.7')).toBe(nothing);
  });

  test('is counted for whoever calls, where no server tells of another requester', async () => {
    const { signIn, signInFrom } = await aMailbox();
    const byPassword = () => refusalOfCall(signIn.byPassword('ada'));
    for (let sent = 0; sent < 10; sent++) expect(await byPassword()).toBe(nothing);
    expect(await byPassword()).toBe(tooMany);
    expect(await signInFrom('127.0.0.1')).toBe(tooMany);
    expect(await signInFrom()).toBe(nothing);
  });

  test('counts together for an address that several people have', async () => {
    const { aUser, pool, client, signIn, isUser } = await aMailbox();
    await aUser(pool, { username: 'eve', attributes: { email, email_verified: 'true' } });
    const EmailMfaSettings = { Enabled: true, PreferredMfa: true };
    await client.send(new AdminSetUserMFAPreferenceCommand({ ...isUser, Username: 'eve', EmailMfaSettings }));
    for (let sent = 0; sent < 5; sent++) {
      for (const name of ['ada', 'eve']) expect(await refusalOfCall(signIn.byPassword(name))).toBe(nothing);
    }
    for (const name of ['ada', 'eve']) expect(await refusalOfCall(signIn.byPassword(name))).toBe(tooMany);
  });
});

interface Limited {
  readonly most: number;
  readonly call: (place: Place) => Promise<unknown>;
  /** What the call is answered as long as it is not too many; by default it is done. */
  readonly answer?: string;
}

const limits: Readonly<Record<string, Limited>> = {
  ResendConfirmationCode: { most: 5, call: (at) => at.resend() },
  GetUserAttributeVerificationCode: { most: 5, call: (at) => at.askToVerify() },
  ChangePassword: { most: 5, call: (at) => at.changePassword() },
  ForgotPassword: { most: 20, call: (at) => at.forget() },
  ConfirmForgotPassword: {
    most: 20,
    call: async (at) => at.recover(otherThan(await at.codeOf('ada'))),
    answer: codeMismatch,
  },
  ConfirmSignUp: {
    most: 15,
    call: async (at) => at.confirm(otherThan(await at.codeOf('bob'))),
    answer: codeMismatch,
  },
  VerifyUserAttribute: {
    most: 15,
    call: async (at) => at.verify(otherThan(await at.codeOf('ada'))),
    answer: codeMismatch,
  },
};

describe('Within an hour', () => {
  /** With a code for each of the calls that guess at one. */
  async function prepared(): Promise<Place> {
    const place = await aPlace();
    for (const send of [place.resend, place.askToVerify, place.forget]) await send();
    return place;
  }

  test.each(Object.entries(limits))(
    '%s is answered so often, and what is refused does not lengthen the wait (triggers-and-messages 39)',
    async (_name, { most, call, answer = 'nothing is refused' }) => {
      const isGuess = answer === codeMismatch;
      const place = isGuess ? await prepared() : await aPlace();
      for (let made = 0; made < most; made++) {
        expect(await refusalOfCall(call(place))).toBe(answer);
        place.clock.advance(second);
      }
      expect(await refusalOfCall(call(place))).toBe(limitExceeded);
      place.clock.advance(hour - most * second - 1);
      expect(await refusalOfCall(call(place))).toBe(limitExceeded);
      // Then the first of them is an hour ago.
      place.clock.advance(1);
      expect(await refusalOfCall(call(place))).toBe(answer);
    },
  );

  test.each(Object.entries(limits).filter(([, { answer }]) => answer === undefined))(
    '%s is answered no more often to callers side by side (triggers-and-messages 39)',
    async (_name, { most, call }) => {
      const place = await aPlace();
      const answers = await tallyOf(Array.from({ length: most + 5 }, () => call(place)));
      expect(answers).toEqual({ 'nothing is refused': most, [limitExceeded]: 5 });
    },
  );
});
