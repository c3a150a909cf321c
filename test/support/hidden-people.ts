/** What somebody who only has a name is told of it, in the form in which it can be compared with what another name is told. */
import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  type InitiateAuthCommandOutput,
  ResendConfirmationCodeCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { UserStatus } from '../../lambdas/core/model/user.ts';
import { type BuiltPool, somePassword } from './builders.ts';
import { type Choosing, choosingOf, hiding } from './choosing.ts';
import { sessionOf } from './signing-in.ts';
import { srpClient } from './srp-client.ts';
import { type Service, startService } from './start-service.ts';

export interface HidingRoom extends Service, Choosing {
  readonly pool: BuiltPool;
  readonly app: { readonly id: string; readonly poolId: string };
}

/** A pool with a client that hides who exists and takes every flow. */
export async function aHidingRoom(settings: Partial<CreateUserPoolCommandInput>): Promise<HidingRoom> {
  const service = await startService();
  const pool = await service.aPool(settings);
  const WebAuthnConfiguration = { RelyingPartyId: 'example.com' };
  await service.client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration }));
  const app = await service.aClient(pool, {
    ...hiding,
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
  });
  return { ...service, pool, app, ...choosingOf(service, app) };
}

/** Puts a user into a state that no operation leads to. */
export async function put(
  { ports, pool }: Pick<HidingRoom, 'ports' | 'pool'>,
  username: string,
  status: UserStatus,
): Promise<void> {
  const kept = await ports.pools.find(pool.id);
  const user = kept && (await ports.users.find(kept, username));
  if (!kept || !user) throw new Error('There is no such user');
  await ports.users.save(kept, user, { ...user, status });
}

/** Of `nobody-0@example.com` and so on, the first one that seems to have these choices and no others. */
export async function aNobodyWith(room: HidingRoom, choices: readonly string[] = []): Promise<string> {
  for (let at = 0; at < 200; at++) {
    const name = `nobody-${at}@example.com`;
    if (String((await room.choose(name)).AvailableChallenges) === String(choices)) return name;
  }
  throw new Error('There is no such nobody');
}

/** What was done, and what was told. */
export type Story = readonly (readonly [done: string, told: unknown])[];

type Tell = (done: string, asked: Promise<unknown>) => Promise<void>;

async function storyOf(tale: (tell: Tell) => Promise<void>): Promise<Story> {
  const story: [string, unknown][] = [];
  await tale(async (done, asked) => void story.push([done, await asked.then(plain, refused)]));
  return story;
}

/** What is no refusal is a fault of the test or of the service. */
function refused(error: Error & { readonly $metadata?: { readonly httpStatusCode?: number } }): string {
  if (!error.$metadata) throw error;
  return `${error.$metadata.httpStatusCode} ${error.name}: ${error.message}`;
}

/** An answer without what is new each time: of that, the length. */
function plain(answer: unknown): unknown {
  const { $metadata, Session, ChallengeParameters, ...rest } = answer as InitiateAuthCommandOutput;
  const parameters = Object.entries(ChallengeParameters ?? {}).map(([name, value]) => [name, plainValue(name, value)]);
  return { ...rest, session: Session?.length, parameters: Object.fromEntries(parameters.toSorted()) };
}

function plainValue(name: string, value: string): unknown {
  if (name === 'SECRET_BLOCK') return value.length;
  if (name === 'SRP_B') return /^[0-9a-f]{700,768}$/.test(value);
  if (name !== 'CREDENTIAL_REQUEST_OPTIONS') return value;
  const { challenge, ...options } = JSON.parse(value);
  return { ...options, challenge: challenge.length };
}

/** The flows that lead in by a password, with a wrong one until the name is locked, and after that. */
export const passwordStory = (room: HidingRoom, name: string): Promise<Story> =>
  storyOf(async (tell) => {
    for (let at = 0; at < 2; at++) {
      await tell('SRP', room.initiate('USER_SRP_AUTH', { USERNAME: name, SRP_A: srpClient().publicValue }));
      await tell('password', room.byPassword(name, 'Wrong-Horse-9'));
      await tell('verifier', claim(room, name));
    }
    await tell('fifth', room.byPassword(name, 'Wrong-Horse-9'));
    await tell('verifier, locked', claim(room, name));
    await tell('password, locked', room.byPassword(name, 'Wrong-Horse-9'));
  });

async function claim(room: HidingRoom, name: string, given?: { srp: ReturnType<typeof srpClient>; asked: Asked }) {
  const srp = given?.srp ?? srpClient();
  const asked = given?.asked ?? { ChallengeParameters: await room.challengeOf(name, srp) };
  const knowledge = { poolId: room.pool.id, password: 'Wrong-Horse-9', at: room.clock.now() };
  const answer = srp.answer(asked.ChallengeParameters ?? {}, knowledge);
  return room.respond('PASSWORD_VERIFIER', answer, asked.Session);
}

type Asked = Pick<InitiateAuthCommandOutput, 'ChallengeParameters' | 'Session'>;

const wrongAnswers = {
  PASSWORD: { PASSWORD: 'Wrong-Horse-9' },
  EMAIL_OTP: { EMAIL_OTP_CODE: '00000000' },
  SMS_OTP: { SMS_OTP_CODE: '00000000' },
  WEB_AUTHN: { CREDENTIAL: '{}' },
} as const;

/** Every choice, taken at once and out of the list, and a wrong answer to each: a quarter of an hour lies between them. */
export const choiceStory = (room: HidingRoom, name: string): Promise<Story> =>
  storyOf(async (tell) => {
    await tell('choices', room.choose(name));
    await tell('no such choice', room.choose(name, 'NO_SUCH_CHOICE'));
    await tell('password at once', room.choose(name, 'PASSWORD', { PASSWORD: 'Wrong-Horse-9' }));
    for (const choice of [...challengesThatTakeAnswers, 'PASSWORD_SRP'] as const) {
      await tell(choice, room.choose(name, choice));
      await tell(`select ${choice}`, select(room, name, choice));
    }
    for (const choice of challengesThatTakeAnswers) {
      room.clock.advance(16 * minute);
      for (let at = 0; at < 6; at++) await tell(`${choice}, wrong`, answerWrongly(room, name, choice));
    }
    room.clock.advance(16 * minute);
    for (let at = 0; at < 6; at++) await tell('PASSWORD_SRP, wrong', proveWrongly(room, name));
  });

const minute = 60_000;
const challengesThatTakeAnswers = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const;

const select = async (room: HidingRoom, USERNAME: string, ANSWER: string) =>
  room.respond('SELECT_CHALLENGE', { USERNAME, ANSWER }, sessionOf(await room.choose(USERNAME)));

async function answerWrongly(room: HidingRoom, USERNAME: string, choice: keyof typeof wrongAnswers) {
  const asked = await room.choose(USERNAME, choice);
  if (asked.ChallengeName !== choice) return asked;
  return room.respond(choice, { USERNAME, ...wrongAnswers[choice] }, sessionOf(asked));
}

async function proveWrongly(room: HidingRoom, name: string) {
  const srp = srpClient();
  const asked = await room.choose(name, 'PASSWORD_SRP', { SRP_A: srp.publicValue });
  return asked.ChallengeName === 'PASSWORD_VERIFIER' ? claim(room, name, { srp, asked }) : asked;
}

/** Registration and recovery: a guess before a code, then one more for each name after the codes, and past the limits. */
export const accountStory = (room: HidingRoom, names: readonly string[]): Promise<Story> =>
  storyOf(async (tell) => {
    const calls = accountCalls(room);
    for (const guess of [calls.recover, calls.confirm]) {
      for (const name of names) await tell(`guess for ${name}`, guess(name));
    }
    for (const name of names) {
      for (const send of [calls.forget, calls.resend]) await tell(`send to ${name}`, send(name));
      // Codes that seem to have gone to one name are not codes of another.
      for (const other of names) {
        for (const guess of [calls.recover, calls.confirm]) await tell(`guess for ${other}`, guess(other));
      }
    }
    const [first = ''] = names;
    for (let at = 0; at < 20; at++) {
      for (const call of Object.values(calls)) await tell('to the limit', call(first));
    }
    for (const name of names) {
      for (const call of Object.values(calls)) await tell(`after the limit of ${first}`, call(name));
    }
  });

function accountCalls({ client, app }: HidingRoom) {
  const ClientId = app.id;
  const ConfirmationCode = '000000';
  return {
    forget: (Username: string) => client.send(new ForgotPasswordCommand({ ClientId, Username })),
    resend: (Username: string) => client.send(new ResendConfirmationCodeCommand({ ClientId, Username })),
    recover: (Username: string) =>
      client.send(
        new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password: `${somePassword}9` }),
      ),
    confirm: (Username: string) => client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode })),
  };
}

/** The same story of the same names, told once more a day later, when nothing counts any more that was done before. */
export async function beforeAndAfter(
  room: HidingRoom,
  tell: () => Promise<Story>,
  meanwhile: () => Promise<unknown>,
): Promise<readonly [Story, Story]> {
  const before = await tell();
  await meanwhile();
  room.clock.advance(25 * 60 * minute);
  return [before, await tell()];
}

/** Without what is a name's own, whoever has it: salts, ids, and where codes go. */
export const withoutOwn = (story: Story): unknown =>
  JSON.parse(JSON.stringify(story), (name, value: unknown) => (own.has(name) ? typeof value : value));

const own: ReadonlySet<string> = new Set([
  'SALT',
  'USERNAME',
  'USER_ID_FOR_SRP',
  'CODE_DELIVERY_DESTINATION',
  'Destination',
  'allowCredentials',
]);
