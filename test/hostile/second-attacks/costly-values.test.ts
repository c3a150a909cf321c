/** Small requests that would have the service work for long, or run out of stack. */
import { describe, expect, test } from 'vitest';
import { anAuthenticator } from '../../support/authenticator.ts';
import { passkeyCalls, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { refusal, signingIn } from '../../support/signing-in.ts';
import { jsonHeaders, signature } from '../../support/wire.ts';

/** Milliseconds of this process, whatever else runs on the machine. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

describe('Nesting', () => {
  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('of %s in a credential is refused, however deep', async (_, open, close) => {
    const { app, ask, answer, send, token } = await somebodyWithPasskeys();
    const { Session } = await ask(app);
    const inner = open === '[' ? deep('[', ']', 60_000) : `${'{"a":'.repeat(18_000)}1${'}'.repeat(18_000)}`;
    expect(await refusal(answer(app, Session, inner))).toMatch(/^NotAuthorizedException/);
    const filled = open === '[' ? inner : inner.slice(0, -close.length) + close;
    for (const Credential of [filled, `{"type":"public-key","id":"AAAA","rawId":"AAAA","response":${filled}}`]) {
      const body = `{"AccessToken":"${token}","Credential":${Credential}}`;
      const headers = { ...jsonHeaders('CompleteWebAuthnRegistration'), ...signature() };
      expect([400, 413]).toContain((await send({ headers, body })).status);
    }
  });

  test('of CBOR in an attestation is refused, however deep and however long it claims to be', async () => {
    const { token, start, complete } = await somebodyWithPasskeys();
    const hostile = [
      Buffer.alloc(90_000, 0x81),
      Buffer.alloc(90_000, 0xa1),
      Buffer.alloc(90_000, 0xc6),
      Buffer.from([0x9b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0xbb, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.concat([Buffer.from([0x9a, 0, 1, 0x5f, 0x90]), Buffer.alloc(90_000)]),
      Buffer.from([0x9f, 0xff]),
      Buffer.from([0xf9, 0x7e, 0]),
      Buffer.alloc(0),
    ];
    const cpu = await cpuOf(async () => {
      for (const bytes of hostile) {
        const made = anAuthenticator().register(await start(token));
        const response = { ...made.response, attestationObject: bytes.toString('base64url') };
        expect(await refusal(complete(token, { ...made, response }))).toMatch(/^(InvalidParameter|WebAuthn)/);
      }
    });
    expect(cpu).toBeLessThan(3000);
  });
});

test.each([
  ['an address', 'a@', 60_000],
  ['dots', '.', 120_000],
  ['blanks', ' ', 120_000],
  ['digits', '+1', 60_000],
  ['what folds to more', 'İ', 60_000],
  ['marks on marks', 'e\u0301', 60_000],
])('A name that looks like %s, over and over, is nobody’s at once', async (_, text, times) => {
  const { app, service, pool } = await somebodyWithPasskeys();
  const { initiate, respond } = signingIn(service, { ...app, poolId: pool.id });
  const USERNAME = text.repeat(times);
  const { ask } = passkeyCalls(service);
  const cpu = await cpuOf(async () => {
    await refusal(initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: USERNAME }));
    await refusal(initiate('USER_AUTH', { USERNAME }));
    await refusal(respond('MFA_SETUP', { USERNAME, EMAIL: USERNAME }, (await ask(app)).Session));
    await refusal(respond('WEB_AUTHN', { USERNAME, CREDENTIAL: USERNAME }, (await ask(app)).Session));
  });
  expect(cpu).toBeLessThan(1500);
});
