/** The same requests under the name of somebody and of nobody: a client that hides who exists must hear the same. */
import type { AuthFlowType, ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstFactors } from '../../support/choosing.ts';
import { signingIn } from '../../support/signing-in.ts';
import { srpClient, timestampAt } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

type Parameters = Readonly<Record<string, string>>;

interface Asking {
  readonly flow?: AuthFlowType;
  readonly challenge?: ChallengeNameType;
  readonly given: Parameters;
}

const oddly = (...values: readonly string[]) => fc.constantFrom(...values);
const sometimes = (name: string, values: fc.Arbitrary<string>) =>
  fc.option(values, { nil: undefined }).map((value): Parameters => (value === undefined ? {} : { [name]: value }));

const maps = fc
  .tuple(
    sometimes('PASSWORD', oddly('Wrong-Horse-9', '', ' ', 'x'.repeat(5000), '\u0000')),
    sometimes('SRP_A', oddly(srpClient().publicValue, '0', 'xyz', '-1', 'f'.repeat(2000))),
    sometimes('PREFERRED_CHALLENGE', oddly('PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'NONE', 'WEB_AUTHN')),
    sometimes('DEVICE_KEY', oddly('us-east-1_00000000-0000-4000-8000-000000000000', 'x', '\u0000')),
    sometimes('SECRET_HASH', oddly('AAAA')),
    sometimes('ANSWER', oddly('PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', '')),
    sometimes('NEW_PASSWORD', oddly('Another-Horse-9', 'x')),
    sometimes('TIMESTAMP', oddly(timestampAt(Date.UTC(2026, 8, 1)), 'yesterday', timestampAt(0))),
    sometimes('PASSWORD_CLAIM_SIGNATURE', oddly('AAAA', '!')),
  )
  .map((parts): Parameters => Object.assign({}, ...parts));

const begins = fc.record({
  flow: fc.constantFrom<AuthFlowType>('USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH'),
  given: maps,
});
const answers = fc.record({
  challenge: fc.constantFrom<ChallengeNameType>(
    ...([
      'PASSWORD',
      'PASSWORD_SRP',
      'PASSWORD_VERIFIER',
      'SELECT_CHALLENGE',
      'NEW_PASSWORD_REQUIRED',
      'SMS_MFA',
    ] as const),
  ),
  given: maps,
});

test('Whatever is asked in whatever order, nobody is answered as somebody is', async () => {
  const service = await startService();
  const pool = await service.aPool(firstFactors('PASSWORD'));
  const app = await service.aClient(pool, {
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  });
  const { initiate, respond } = signingIn(service, app);
  let run = 0;

  /** One person, or none, through the whole story; what is said of them, without what is random. */
  async function story(USERNAME: string, askings: readonly Asking[]): Promise<readonly string[]> {
    let session: string | undefined;
    let block = 'AAAA';
    const heard: string[] = [];
    for (const { flow, challenge, given } of askings) {
      const named = { USERNAME, PASSWORD_CLAIM_SECRET_BLOCK: block, ...given };
      const asked = flow ? initiate(flow, named) : respond(challenge ?? 'PASSWORD', named, session);
      heard.push(
        await asked.then(
          ({ ChallengeName, ChallengeParameters = {}, Session, AvailableChallenges }) => {
            session = Session ?? session;
            block = ChallengeParameters['SECRET_BLOCK'] ?? block;
            // A salt is an integer: its length is that of its value.
            const lengths = Object.entries(ChallengeParameters).map(([name, value]) =>
              name === 'SALT' || name === 'SRP_B' ? name : `${name} ${value.length}`,
            );
            return JSON.stringify([ChallengeName, lengths, Session?.length, AvailableChallenges]);
          },
          (error: Error) => `${error.name}: ${error.message}`,
        ),
      );
    }
    return heard;
  }

  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(begins, answers), { minLength: 1, maxLength: 8 }), async (askings) => {
      const [somebody, nobody] = [`ada-${++run}`, `eve-${run}`];
      await service.aUser(pool, { username: somebody });
      expect(await story(nobody, askings)).toEqual(await story(somebody, askings));
    }),
    { numRuns: 60 },
  );
});
