/** People who register, confirm, sign in, change and leave, many at once, and what they have been promised. */
import {
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { attributesOf, builders } from './builders.ts';
import { servedMessages } from './sent-messages.ts';

/** What may be true of somebody: one value where the service has acknowledged it, several where it was never heard of. */
export interface Promised {
  readonly username: string;
  exists: readonly boolean[];
  isConfirmed: readonly boolean[];
  emails: readonly string[];
  passwords: readonly string[];
  /** Guesses of the code that were answered. */
  guesses: number;
  /** Whether a sign-in with a wrong password was answered last. */
  isSuspect: boolean;
}

export interface Load {
  readonly people: readonly Promised[];
  /** Calls that neither succeeded nor were refused, however often they were tried. */
  readonly unanswered: readonly Error[];
  /** Resolves after so many more calls have been answered. */
  answered(count: number): Promise<void>;
  /** Lets everybody finish what they are doing. */
  stop(): Promise<void>;
  /** Ends whatever is under way: nobody will answer. */
  abandon(): Promise<void>;
}

export interface App {
  readonly poolId: string;
  readonly clientId: string;
}

/** A pool in which people sign in by their verified address, and a client of it. */
export async function anApp(endpoint: string): Promise<App> {
  const client = clientOf(endpoint, 1);
  const { aPool, aClient } = builders(client);
  const pool = await aPool({ AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] });
  const { id } = await aClient(pool);
  client.destroy();
  return { poolId: pool.id, clientId: id };
}

const PARALLEL = 16;

export function startLoad(endpoint: string, app: App): Load {
  const people: Promised[] = [];
  const unanswered: Error[] = [];
  const heard = counter();
  const stopped = new AbortController();
  const abandoned = new AbortController();
  const client = clientOf(endpoint, 8);
  const call = async <T>(
    work: (client: CognitoIdentityProviderClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const answer = await work(client, abandoned.signal);
    heard.count();
    return answer;
  };

  async function work(worker: number): Promise<void> {
    for (let round = 0; !stopped.signal.aborted; round += 1) {
      const person = newcomer(`w${worker}-${round}`);
      people.push(person);
      try {
        await live({ ...app, endpoint, person, round, call, isStopped: () => stopped.signal.aborted });
      } catch (error) {
        if (abandoned.signal.aborted) return;
        unanswered.push(error as Error);
      }
    }
  }

  const working = Promise.all(Array.from({ length: PARALLEL }, (_, worker) => work(worker)));
  const end = async (): Promise<void> => {
    stopped.abort();
    await working;
    client.destroy();
  };
  return {
    people,
    unanswered,
    answered: heard.more,
    stop: end,
    abandon() {
      abandoned.abort();
      return end();
    },
  };
}

/** Tries as SDKs do, which is more than the default of three times. */
export const clientOf = (endpoint: string, maxAttempts: number): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts,
  });

function counter() {
  let total = 0;
  const waiting = new Set<() => void>();
  return {
    count() {
      total += 1;
      for (const look of [...waiting]) look();
    },
    more: (count: number): Promise<void> => {
      const wanted = total + count;
      return new Promise((resolve) => {
        const look = () => {
          if (total < wanted) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
  };
}

const newcomer = (username: string): Promised => ({
  username,
  exists: [false],
  isConfirmed: [false],
  emails: [],
  passwords: [],
  guesses: 0,
  isSuspect: false,
});

interface Life extends App {
  readonly endpoint: string;
  readonly person: Promised;
  readonly round: number;
  call<T>(work: (client: CognitoIdentityProviderClient, signal: AbortSignal) => Promise<T>): Promise<T>;
  isStopped(): boolean;
}

async function live(life: Life): Promise<void> {
  const steps = [register, guessWrong, confirm, signIn, move, signIn, ...lastSteps(life.round)];
  for (const step of steps) {
    if (life.isStopped()) return;
    await step(life);
  }
}

function lastSteps(round: number): readonly ((life: Life) => Promise<void>)[] {
  switch (round % 4) {
    case 0:
      return [leave];
    case 1:
      return [changePassword, signIn];
    case 2:
      return [signInWrong];
    default:
      return [];
  }
}

async function register({ call, clientId: ClientId, person }: Life): Promise<void> {
  const [Username, email, Password] = [person.username, `${person.username}@example.com`, 'Correct-Horse-9'];
  person.exists = [false, true];
  person.emails = [email];
  person.passwords = [Password];
  const UserAttributes = attributesOf({ email });
  const command = new SignUpCommand({ ClientId, Username, Password, UserAttributes });
  await unlessDone(
    call((client, abortSignal) => client.send(command, { abortSignal })),
    'UsernameExistsException',
  );
  person.exists = [true];
}

/** It is no secret that this one is never sent. */
const wrongCode = '0';

async function guessWrong({ call, clientId: ClientId, person }: Life): Promise<void> {
  const command = new ConfirmSignUpCommand({ ClientId, Username: person.username, ConfirmationCode: wrongCode });
  await expected(call, 'CodeMismatchException', (client, abortSignal) => client.send(command, { abortSignal }));
  person.guesses += 1;
}

async function confirm({ call, endpoint, poolId, clientId: ClientId, person }: Life): Promise<void> {
  const Username = person.username;
  const codes = servedMessages(endpoint);
  const ConfirmationCode = await codes.codeFor({ poolId, username: Username }).catch(async () => {
    // It was registered, and the service died before it sent the message: people ask for another one.
    const again = new ResendConfirmationCodeCommand({ ClientId, Username });
    await call((client, abortSignal) => client.send(again, { abortSignal }));
    return codes.codeFor({ poolId, username: Username });
  });
  const command = new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode });
  person.isConfirmed = [false, true];
  await unlessDone(
    call((client, abortSignal) => client.send(command, { abortSignal })),
    'NotAuthorizedException',
    'ExpiredCodeException',
  );
  person.isConfirmed = [true];
}

async function signIn({ call, clientId: ClientId, person }: Life): Promise<void> {
  const [USERNAME = '', PASSWORD = ''] = [person.emails[0], person.passwords[0]];
  const command = new InitiateAuthCommand({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
  });
  await call((client, abortSignal) => client.send(command, { abortSignal }));
}

async function signInWrong({ call, clientId: ClientId, person }: Life): Promise<void> {
  const AuthParameters = { USERNAME: person.username, PASSWORD: 'Wrong-Horse-9' };
  const command = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  await expected(call, 'NotAuthorizedException', (client, abortSignal) => client.send(command, { abortSignal }));
  person.isSuspect = true;
}

/** To another address: the alias moves along. */
async function move({ call, poolId: UserPoolId, person }: Life): Promise<void> {
  const email = `moved-${person.emails[0]}`;
  const UserAttributes = attributesOf({ email, email_verified: 'true' });
  const command = new AdminUpdateUserAttributesCommand({ UserPoolId, Username: person.username, UserAttributes });
  person.emails = [...person.emails, email];
  await call((client, abortSignal) => client.send(command, { abortSignal }));
  person.emails = [email];
}

async function changePassword({ call, poolId: UserPoolId, person }: Life): Promise<void> {
  const Password = 'Another-Horse-7';
  const command = new AdminSetUserPasswordCommand({ UserPoolId, Username: person.username, Password, Permanent: true });
  person.passwords = [...person.passwords, Password];
  await call((client, abortSignal) => client.send(command, { abortSignal }));
  person.passwords = [Password];
}

async function leave({ call, poolId: UserPoolId, person }: Life): Promise<void> {
  const command = new AdminDeleteUserCommand({ UserPoolId, Username: person.username });
  person.exists = [true, false];
  await unlessDone(
    call((client, abortSignal) => client.send(command, { abortSignal })),
    'UserNotFoundException',
  );
  person.exists = [false];
}

/** A first attempt whose answer got lost may have done it: the second one is refused for that. */
async function unlessDone(answer: Promise<unknown>, ...refusals: readonly string[]): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof Error) || !refusals.includes(error.name) || attemptsOf(error) < 2) throw error;
  }
}

function attemptsOf(error: Error): number {
  const { $metadata = {} } = error as { readonly $metadata?: { readonly attempts?: number } };
  return $metadata.attempts ?? 1;
}

/** A refusal is the answer. */
async function expected(
  call: Life['call'],
  refusal: string,
  ask: (client: CognitoIdentityProviderClient, signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  await call(async (client, signal) => {
    const answer = await ask(client, signal).catch((error: Error) => error);
    if (!(answer instanceof Error)) throw new Error(`${refusal} was expected`);
    if (answer.name !== refusal) throw answer;
  });
}
