/** boto3, with what `npm start` says to export: a person's story, its exceptions, its paginators, its times. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { exportedVariables } from './exported-variables.ts';
import { findPrograms, type Program, sayAbsent } from './outside-programs.ts';
import { runningService } from './running-service.ts';

const running = runningService();

/** Debian's own as well, where another comes first: it is years older. */
const pythons = await findPrograms(
  ['python3', '/usr/bin/python3'],
  ['-c', 'import boto3; print(f"boto3/{boto3.__version__}")'],
);

sayAbsent(pythons, 'boto3 is not tried, because no `python3` has it: install it with `apt-get install python3-boto3`');

interface Refusal {
  readonly isOfItsClass: boolean;
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly retries: number;
}

interface Story {
  readonly codeWentTo: string;
  readonly tokens: readonly string[];
  readonly user: string;
  readonly refreshed: readonly string[];
  readonly pageSizes: readonly number[];
  readonly names: readonly string[];
  readonly timesAreDates: boolean;
  readonly deleted: readonly [number, readonly string[]];
  readonly unconfirmed: Refusal | null;
  readonly formerPassword: Refusal | null;
  readonly signedOut: Refusal | null;
  readonly nowhere: Refusal | null;
  readonly challenges: readonly string[];
  readonly badPassword: Refusal | null;
  readonly badCode: Refusal | null;
  readonly app: string;
  readonly factors: readonly string[];
  readonly answered: readonly string[];
  readonly refreshedLater: Refusal | null;
}

const stories = new Map<Program, Promise<Story>>();

function storyOf(python: Program): Promise<Story> {
  const story = stories.get(python) ?? tell(python);
  stories.set(python, story);
  return story;
}

async function tell(python: Program): Promise<Story> {
  const { millpond } = await running();
  const script = fileURLToPath(new URL('boto3-story.py', import.meta.url));
  const { status, output, complaints } = await python.run([script], exportedVariables(millpond));
  if (status !== 0) throw new Error(complaints);
  return JSON.parse(output);
}

const refused = (code: string, message: string): Refusal => ({
  isOfItsClass: true,
  code,
  message,
  status: 400,
  retries: 0,
});

describe.concurrent.each(pythons.map((python) => ({ python, version: python.version })))(
  '$version',
  { timeout: 60_000 },
  ({ python }) => {
    test('goes with a person from sign-up to global sign-out, with the hash of a client secret', async () => {
      expect(await storyOf(python)).toMatchObject({
        codeWentTo: 'a***@e***',
        tokens: ['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType'],
        user: 'Ådå',
        refreshed: ['AccessToken', 'ExpiresIn', 'IdToken', 'TokenType'],
      });
    });

    test('raises each refusal as the exception that the client has for it (auth-flows 2)', async () => {
      expect(await storyOf(python)).toMatchObject({
        unconfirmed: refused('UserNotConfirmedException', 'User is not confirmed.'),
        formerPassword: refused('NotAuthorizedException', 'Incorrect username or password.'),
        signedOut: refused('NotAuthorizedException', 'Access Token has been revoked'),
        nowhere: refused('ResourceNotFoundException', expect.stringMatching(/^User pool \S+ does not exist\.$/)),
      });
    });

    test('answers the challenges of an administrator’s sign-in, with the hash of a client secret', async () => {
      expect(await storyOf(python)).toMatchObject({
        challenges: ['NEW_PASSWORD_REQUIRED', 'SOFTWARE_TOKEN_MFA'],
        badPassword: refused(
          'InvalidPasswordException',
          'Password does not conform to policy: Password not long enough',
        ),
        app: 'SUCCESS',
        factors: ['SOFTWARE_TOKEN_MFA'],
        badCode: refused('CodeMismatchException', 'Invalid code received for user'),
        answered: ['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType'],
        refreshedLater: refused('NotAuthorizedException', 'Refresh Token has been revoked'),
      });
    });

    test('goes through the pages of a list', async () => {
      const { pageSizes, names } = await storyOf(python);
      expect(pageSizes).toEqual([2, 2, 1]);
      expect(names).toEqual(['user-0', 'user-1', 'user-2', 'user-3', 'Ådå']);
    });

    test('reads times as dates, and empty bodies as answers (pools-and-users 7)', async () => {
      const { timesAreDates, deleted } = await storyOf(python);
      expect(timesAreDates).toBe(true);
      expect(deleted).toEqual([200, ['ResponseMetadata']]);
    });
  },
);
