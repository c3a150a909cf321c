/** What each step of a choice-based sign-in costs of the database, as docs/data-model.md says it, and of nobody as well. */
import {
  ConfirmSignUpCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
  SetUserPoolMfaConfigCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { type Budgeted, type Measured, measured, price, type Room } from '../support/budgets.ts';
import { attributesOf, somePassword } from '../support/builders.ts';
import { choosingOf, firstFactors } from '../support/choosing.ts';
import { passkeyCalls, relyingParty } from '../support/passkeys.ts';
import { phone } from '../support/second-factors.ts';
import { parametersOf, refusal, sessionOf } from '../support/signing-in.ts';
import { srpClient } from '../support/srp-client.ts';

type Ready = Measured['ready'];
type Client = Partial<CreateUserPoolClientCommandInput>;
type Pool = Partial<CreateUserPoolCommandInput>;

const withPhone = { phone_number: phone, phone_number_verified: 'true' };
const asWho = { USERNAME: 'ada' };

/** By choice, with every factor that there is. */
const choice = {
  pool: firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN') satisfies Pool,
  settings: {
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
  } satisfies Client,
  attributes: withPhone,
};

const choose = ({ service, app }: Room, preferred?: string, more = {}, username = 'ada') =>
  choosingOf(service, app).choose(username, preferred, more);

const chosen =
  (preferred?: string, more: Readonly<Record<string, string>> = {}): Ready =>
  async (room) =>
  () =>
    choose(room, preferred, more);

const selected =
  (answer: string, more: Readonly<Record<string, string>> = {}): Ready =>
  async (room) => {
    const session = sessionOf(await choose(room));
    return () => room.signIn.respond('SELECT_CHALLENGE', { ...asWho, ANSWER: answer, ...more }, session);
  };

async function withPasskey({ service, app, tokens }: Room) {
  const { client } = service;
  const WebAuthnConfiguration = { RelyingPartyId: relyingParty };
  await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: app.poolId, WebAuthnConfiguration }));
  const calls = passkeyCalls(service);
  return { ...calls, authenticator: await calls.register(tokens.access) };
}

const byChoice: readonly Budgeted[] = [
  {
    ...choice,
    name: 'by choice: the password at once',
    always: price(1, 1.5),
    never: price(1, 1),
    ready: chosen('PASSWORD', { PASSWORD: somePassword }),
  },
  {
    ...choice,
    name: 'by choice: what there is to choose from',
    always: price(1, 1.5),
    never: price(1, 1),
    ready: chosen(),
  },
  {
    ...choice,
    name: 'by choice: the password among them',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    ready: selected('PASSWORD', { PASSWORD: somePassword }),
  },
  {
    ...choice,
    name: 'by choice: the password when it is asked for',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    async ready(room) {
      const session = sessionOf(await choose(room, 'PASSWORD'));
      return () => room.signIn.respond('PASSWORD', { ...asWho, PASSWORD: somePassword }, session);
    },
  },
  {
    ...choice,
    name: 'by choice: the first leg of SRP',
    always: price(1, 1.5),
    never: price(1, 1),
    ready: chosen('PASSWORD_SRP', { SRP_A: srpClient().publicValue }),
  },
  {
    ...choice,
    name: 'by choice: the second leg of SRP',
    always: price(3, 1.5, 2),
    never: price(3, 1, 2),
    async ready(room) {
      const srp = srpClient();
      const posed = await choose(room, 'PASSWORD_SRP', { SRP_A: srp.publicValue });
      const { service, app } = room;
      const knowledge = { poolId: app.poolId, password: somePassword, at: service.clock.now() };
      const responses = srp.answer(parametersOf(posed), knowledge);
      return () => room.signIn.respond('PASSWORD_VERIFIER', responses, sessionOf(posed));
    },
  },
  ...(['EMAIL_OTP', 'SMS_OTP'] as const).flatMap((way): Budgeted[] => [
    { ...choice, name: `by choice: ${way}`, always: price(3, 1.5, 2), never: price(3, 1, 2), ready: chosen(way) },
    {
      ...choice,
      name: `by choice: the code of ${way}`,
      always: price(4, 1.5, 3),
      never: price(4, 1, 3),
      async ready(room) {
        const session = sessionOf(await choose(room, way));
        const code = room.sentCode();
        return () => room.signIn.respond(way, { ...asWho, [`${way}_CODE`]: code }, session);
      },
    },
  ]),
  {
    ...choice,
    name: 'by choice: EMAIL_OTP among them',
    always: price(4, 1.5, 3),
    never: price(4, 1, 3),
    ready: selected('EMAIL_OTP'),
  },
  {
    ...choice,
    name: 'by choice: a passkey',
    always: price(2, 2.5),
    never: price(2, 2),
    async ready(room) {
      await withPasskey(room);
      await choose(room, 'WEB_AUTHN');
      return () => choose(room, 'WEB_AUTHN');
    },
  },
  {
    ...choice,
    name: 'by choice: what the passkey has signed',
    always: price(4, 2.5, 2),
    never: price(4, 2, 2),
    async ready(room) {
      const { authenticator, ask, answer } = await withPasskey(room);
      const { options, Session } = await ask(room.app);
      const credential = authenticator.assert(options);
      return () => answer(room.app, Session, credential);
    },
  },
  {
    ...choice,
    name: 'by choice: the session of ConfirmSignUp',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    async ready({ service, app, signIn, sentCode }) {
      const { client } = service;
      const UserAttributes = attributesOf({ email: 'bob@example.com' });
      const bob = { ClientId: app.id, Username: 'bob' };
      await client.send(new SignUpCommand({ ...bob, Password: somePassword, UserAttributes }));
      const { Session } = await client.send(new ConfirmSignUpCommand({ ...bob, ConfirmationCode: sentCode() }));
      return () => beginWith({ service, app, signIn }, sessionOf({ Session }));
    },
  },
];

const beginWith = ({ service, app }: Pick<Room, 'service' | 'app' | 'signIn'>, Session: string) =>
  service.client.send(
    new InitiateAuthCommand({ ClientId: app.id, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'bob' }, Session }),
  );

describe.each(['always', 'never'] as const)('With the version checked %s,', (versionCheck) => {
  test.each(byChoice)('$name costs what it did', async (path) => {
    expect(await measured(versionCheck, path)).toEqual(path[versionCheck]);
  });
});

type HiddenStep = (room: Room, username: string) => ReturnType<Ready>;

/** Requests that tell nothing of whether there is somebody. */
const hiddenSteps: Readonly<Record<string, HiddenStep>> = {
  'what there is to choose from': async (room, username) => () => choose(room, undefined, {}, username),
  'a wrong password': async (room, username) => () =>
    refusal(choose(room, 'PASSWORD', { PASSWORD: 'Wrong-Horse-9' }, username)),
  async 'a wrong password among them'(room, username) {
    const session = sessionOf(await choose(room, undefined, {}, username));
    const responses = { USERNAME: username, ANSWER: 'PASSWORD', PASSWORD: 'Wrong-Horse-9' };
    return () => refusal(room.signIn.respond('SELECT_CHALLENGE', responses, session));
  },
  'the first leg of SRP': async (room, username) => () =>
    choose(room, 'PASSWORD_SRP', { SRP_A: srpClient().publicValue }, username),
  async 'the second leg of SRP'(room, username) {
    const srp = srpClient();
    const posed = await choose(room, 'PASSWORD_SRP', { SRP_A: srp.publicValue }, username);
    const { service, app } = room;
    const knowledge = { poolId: app.poolId, password: 'Wrong-Horse-9', at: service.clock.now() };
    const responses = srp.answer(parametersOf(posed), knowledge);
    return () => refusal(room.signIn.respond('PASSWORD_VERIFIER', responses, sessionOf(posed)));
  },
  EMAIL_OTP: async (room, username) => () => choose(room, 'EMAIL_OTP', {}, username),
  async 'a wrong code of EMAIL_OTP'(room, username) {
    const session = sessionOf(await choose(room, 'EMAIL_OTP', {}, username));
    const responses = { USERNAME: username, EMAIL_OTP_CODE: '00000000' };
    return () => refusal(room.signIn.respond('EMAIL_OTP', responses, session));
  },
};

/** A name that nobody has, and that is offered a password and codes: few are not. */
async function nobodyLikeAda(room: Room, domain: string): Promise<string> {
  for (let number = 0; ; number += 1) {
    const name = `nobody-${number}${domain}`;
    const { AvailableChallenges = [] } = await choose(room, undefined, {}, name);
    if (AvailableChallenges.includes('PASSWORD') && AvailableChallenges.includes('EMAIL_OTP')) return name;
  }
}

describe.each(['always', 'never'] as const)('Who is nobody, with the version checked %s,', (versionCheck) => {
  const settings = { ...choice.settings, PreventUserExistenceErrors: 'ENABLED' } as const;
  test.each(Object.entries(hiddenSteps))('costs as much as somebody by choice: %s', async (what, step) => {
    for (const domain of ['', '@example.com']) {
      const priceOf = (who: string, ready: Ready) =>
        measured(versionCheck, { ...choice, settings, name: `${what}, ${who}${domain}`, ready });
      const somebody = await priceOf('ada', (room) => step(room, `ada${domain}`));
      const nobody = await priceOf('nobody', async (room) => step(room, await nobodyLikeAda(room, domain)));
      expect(nobody).toEqual(somebody);
    }
  });
});
