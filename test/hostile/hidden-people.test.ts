/** Somebody who asks clients that hide who exists: what the answers give away beside their words. */
import { type CreateUserPoolCommandInput, ForgotPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
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
