/** The page behind a confirmation link, as browsers and mail scanners meet it. */
import { randomInt } from 'node:crypto';
import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moduleTriggers } from '../../lambdas/adapters/triggers/module-triggers.ts';
import type { RequestLine } from '../../lambdas/core/ports/logger.ts';
import { Unavailable } from '../../lambdas/core/ports/unavailable.ts';
import { byLink, type LinkRoom, linkRoom, parametersOf, visitorOf } from '../support/links.ts';
import { confirm, day, hour, otherThan } from '../support/people.ts';

const confirmed = /<h1>Your registration is confirmed<\/h1>/;
const refused = /<h1>This link does not work<\/h1>/;

/** The pages themselves, whatever they are about. */
const seen = ({ status, body }: { readonly status: number; readonly body: string }) => `${status} ${body}`;

describe('A confirmation link', () => {
  test('confirms once its button is pressed, and is good for a second visit (triggers-and-messages 33)', async () => {
    const { link, open, press, parameters, statusOf, attributesOf } = await linkRoom();

    const page = await open(link);
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<button>Confirm</button>') });
    expect(await statusOf()).toBe('UNCONFIRMED');

    expect(await press(parameters)).toMatchObject({ status: 200, body: expect.stringMatching(confirmed) });
    expect(await statusOf()).toBe('CONFIRMED');
    expect(await attributesOf()).toMatchObject({ email_verified: 'true' });

    expect(await open(link)).toMatchObject({ status: 200 });
    expect(await press(parameters)).toMatchObject({ status: 200, body: expect.stringMatching(confirmed) });
    expect(await press({ ...parameters, confirmation_code: otherThan(parameters.confirmation_code) })).toMatchObject({
      status: 400,
      body: expect.stringMatching(refused),
    });
  });

  test('confirms nothing by HEAD, and nothing for programs that follow links (triggers-and-messages 33)', async () => {
    const { link, open, statusOf } = await linkRoom();
    for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) expect((await open(link, method)).status).toBe(200);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect(await open(link, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
    }
    expect(await statusOf()).toBe('UNCONFIRMED');
  });

  test.each(['/confirmUser', '/confirmUser/', '/confirmuser', '/CONFIRMUSER/'])('stands under %s', async (path) => {
    const { link, open, press, parameters, statusOf } = await linkRoom();
    expect((await open(`${path}${new URL(link).search}`)).body).toContain('<button>Confirm</button>');
    expect((await press(parameters, path)).status).toBe(200);
    expect(await statusOf()).toBe('CONFIRMED');
  });

  test.each(['a+b&c=d%20', '"><script>alert(1)</script>', "o'brien#?/\\", '名前😀é', '%2B%26', '{####}{username}'])(
    'keeps the username %s as it is (triggers-and-messages 33)',
    async (username) => {
      const { link, open, press, parameters, statusOf } = await linkRoom({ username });
      expect(parameters.user_name).toBe(username);
      const { body } = await open(link);
      expect(body).not.toContain('<script>alert');
      const [, shown = ''] = /name="user_name" value="([^"]*)"/.exec(body) ?? [];
      expect((await press({ ...parameters, user_name: unescaped(shown) })).status).toBe(200);
      expect(await statusOf()).toBe('CONFIRMED');
    },
  );

  test('may not be framed, kept, or told to other sites, and runs no script', async () => {
    const { link, open, press, parameters } = await linkRoom();
    for (const { headers } of [await open(link), await press({}), await press(parameters)]) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      const policy = headers['content-security-policy'] ?? '';
      for (const part of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"]) {
        expect(policy.split('; ')).toContain(part);
      }
      expect(policy).not.toMatch(/script-src|unsafe|https?:/);
    }
  });

  test('is good for a day, and until a newer one takes its place', async () => {
    const { client, app, pool, clock, press, parameters, linkTo, statusOf, register } = await linkRoom();
    await client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'ada' }));
    const newer = parametersOf(await linkTo('ada@example.com'));
    expect((await press(parameters)).status).toBe(400);
    clock.advance(day + 1000);
    expect((await press(newer)).status).toBe(400);
    expect(await statusOf()).toBe('UNCONFIRMED');

    await register('ben', 'ben@example.com');
    const others = parametersOf(await linkTo('ben@example.com'));
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ben' }));
    await register('ben', 'ben@example.com');
    expect((await press(others)).status).toBe(400);
    expect(await statusOf('ben')).toBe('UNCONFIRMED');
  });

  test('finds confirmed whom the code confirmed in another way, for as long as it would have been good', async () => {
    const { client, app, clock, press, parameters } = await linkRoom();
    await confirm(client, app, 'ada', parameters.confirmation_code);
    expect((await press(parameters)).status).toBe(200);
    clock.advance(day + 1000);
    expect((await press(parameters)).status).toBe(400);
  });

  test('finds confirmed whom an administrator has confirmed', async () => {
    const { client, pool, press, parameters } = await linkRoom();
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect((await press(parameters)).status).toBe(200);
    expect((await press({ ...parameters, confirmation_code: '000000' })).status).toBe(400);
  });

  test('finds both of two presses at once confirmed', async () => {
    const { press, parameters, statusOf } = await linkRoom();
    const answers = await Promise.all(Array.from({ length: 6 }, () => press(parameters)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await statusOf()).toBe('CONFIRMED');
  });

  test('needs no secret of the client', async () => {
    const { client, aClient, pool, press, parameters, statusOf } = await linkRoom();
    const secretive = await aClient(pool, { GenerateSecret: true });
    expect(client).toBeDefined();
    expect((await press({ ...parameters, client_id: secretive.id })).status).toBe(200);
    expect(await statusOf()).toBe('CONFIRMED');
  });
});

describe('Whoever does not know the code', () => {
  test('cannot tell who has registered, nor how far they are (triggers-and-messages 33)', async () => {
    const room = await linkRoom();
    const { press, parameters, register, aUser, pool, app, client, linkTo } = room;
    await register('ben', 'ben@example.com');
    const { confirmation_code: code } = parametersOf(await linkTo('ben@example.com'));
    await confirm(client, app, 'ben', code);
    await aUser(pool, { username: 'cleo', invited: true });
    const wrong =
      ['000000', '000001', '000002'].find((one) => one !== code && one !== parameters.confirmation_code) ?? '';
    const names = ['ada', 'ben', 'cleo', 'nobody', 'ada@example.com'];
    const answers = [];
    for (const user_name of names) {
      answers.push(seen(await press({ ...parameters, user_name, confirmation_code: wrong })));
    }
    answers.push(seen(await press({ ...parameters, client_id: 'x'.repeat(26), confirmation_code: wrong })));
    answers.push(seen(await press({ ...parameters, client_id: '<' })), seen(await press({})));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(refused);
  });

  test('has as many guesses in an hour as ConfirmSignUp has, with which they are counted', async () => {
    const { client, app, clock, press, parameters, statusOf } = await linkRoom();
    const wrong = otherThan(parameters.confirmation_code);
    const guesses = await Promise.all(
      Array.from({ length: 14 }, () => press({ ...parameters, confirmation_code: wrong })),
    );
    expect(new Set(guesses.map(seen)).size).toBe(1);
    await expect(confirm(client, app, 'ada', wrong)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    const tooMany = await press(parameters);
    expect(seen(tooMany)).toBe(seen(guesses[0] ?? tooMany));
    await expect(confirm(client, app, 'ada', wrong)).rejects.toMatchObject({ name: 'LimitExceededException' });
    expect(await statusOf()).toBe('UNCONFIRMED');
    clock.advance(hour);
    expect((await press(parameters)).status).toBe(200);
  });

  test('has no more guesses at a code that was used', async () => {
    const { client, app, press, parameters } = await linkRoom();
    await confirm(client, app, 'ada', parameters.confirmation_code);
    const wrong = { ...parameters, confirmation_code: otherThan(parameters.confirmation_code) };
    await Promise.all(Array.from({ length: 14 }, () => press(wrong)));
    expect((await press(parameters)).status).toBe(400);
  });

  test('has no use of the code of somebody else, of another pool, or of another purpose', async () => {
    const { aPool, aClient, register, linkTo, press, parameters, statusOf, client } = await linkRoom();
    await register('ben', 'ben@example.com');
    const ofBen = parametersOf(await linkTo('ben@example.com'));
    expect((await press({ ...ofBen, user_name: 'ada' })).status).toBe(400);

    const elsewhere = await aClient(await aPool(byLink));
    await register('ada', 'ada@elsewhere.example', elsewhere);
    expect((await press({ ...parameters, client_id: elsewhere.id })).status).toBe(400);
    expect([await statusOf(), await statusOf('ben')]).toEqual(['UNCONFIRMED', 'UNCONFIRMED']);
    expect(client).toBeDefined();
  });
});

describe('What is no confirmation', () => {
  test.each([
    ['nothing', ''],
    ['no code', '?client_id=abc&user_name=ada'],
    ['an empty code', '?client_id=abc&user_name=ada&confirmation_code='],
    ['two codes', '?client_id=abc&user_name=ada&confirmation_code=1&confirmation_code=2'],
    ['a code with a blank', '?client_id=abc&user_name=ada&confirmation_code=1%202'],
    ['a name that is too long', `?client_id=abc&user_name=${'a'.repeat(129)}&confirmation_code=1`],
    ['a client that cannot be', '?client_id=a-b&user_name=ada&confirmation_code=1'],
    ['a name with a line break', '?client_id=abc&user_name=a%0d%0ab&confirmation_code=1'],
  ])('shows the page of links that do not work: %s', async (_what, query) => {
    const { open } = await linkRoom();
    expect(await open(`/confirmUser${query}`)).toMatchObject({ status: 400, body: expect.stringMatching(refused) });
  });

  test('is answered with one page or the other, whatever the link holds, and breaks out of neither', async () => {
    const { open } = await linkRoom();
    const any = fc.string({ unit: 'binary', maxLength: 140 });
    const tricky = fc.string({ unit: fc.constantFrom(...`<>"'&#;{}/=a`), minLength: 1, maxLength: 40 });
    const text = fc.oneof(any, tricky);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(text, fc.constant('abc')),
        text,
        text,
        async (client_id, user_name, confirmation_code) => {
          const query = new URLSearchParams({ client_id, user_name, confirmation_code });
          const { status, body } = await open(`/confirmUser?${query}`);
          const shape = body.replace(/ value="[^"<>]*"/g, '');
          expect([200, 400]).toContain(status);
          expect(shape.match(/<[^>]*>/g)).toEqual(status === 200 ? tagsOfButton : tagsOfRefusal);
        },
      ),
    );
  });

  test('is refused as a form: other types, and more than a form can hold', async () => {
    const { send, parameters, statusOf } = await linkRoom();
    const body = String(new URLSearchParams({ ...parameters }));
    const post = (type: string, text: string) =>
      send({ target: '/confirmUser', headers: { 'content-type': type }, body: text });
    expect((await post('text/plain', body)).status).toBe(400);
    expect((await post('application/json', JSON.stringify(parameters))).status).toBe(400);
    expect((await post('application/x-www-form-urlencoded', `${body}&x=${'y'.repeat(40_000)}`)).status).toBe(400);
    expect((await send({ target: `/confirmUser?${body}` })).status).toBe(400);
    expect(await statusOf()).toBe('UNCONFIRMED');
    expect((await post('Application/X-WWW-Form-Urlencoded; charset=UTF-8', body)).status).toBe(200);
  });

  test('has no page', async () => {
    const { open } = await linkRoom();
    for (const path of ['/', '/confirmUsers', '/confirmUser/x', '/a/confirmUser', '/confirmUser%2f']) {
      expect(await open(path)).toMatchObject({ status: 404, headers: { 'content-type': 'application/json' } });
    }
  });
});

describe('The page of who is confirmed', () => {
  const pressed = async (client: LinkRoom['client']) => {
    const { press, parameters } = await linkRoom({ client });
    return (await press(parameters)).body;
  };
  const flows = { AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid'], AllowedOAuthFlowsUserPoolClient: true };

  test('leads to the application, where a callback tells where that is', async () => {
    const CallbackURLs = ['myapp://signed-in', 'https://app.example.com/callback?x=1'];
    const settings = { ...flows, CallbackURLs } as LinkRoom['client'];
    expect(await pressed(settings)).toContain('<a href="https://app.example.com/" rel="noreferrer">');
    const DefaultRedirectURI = 'https://www.example.com/in';
    const preferring = { ...settings, CallbackURLs: [...CallbackURLs, DefaultRedirectURI], DefaultRedirectURI };
    expect(await pressed(preferring)).toContain('<a href="https://www.example.com/" rel="noreferrer">');
  });

  test('leads nowhere otherwise', async () => {
    expect(await pressed({})).not.toContain('<a ');
    expect(await pressed({ ...flows, CallbackURLs: ['myapp://signed-in'] } as LinkRoom['client'])).not.toContain('<a ');
  });
});

describe('The function after a confirmation', () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:welcome';
  const withFunction = (answer: (event: { readonly response: unknown }) => unknown) => ({
    pool: { LambdaConfig: { PostConfirmation: arn } },
    service: { ports: { triggers: moduleTriggers({ [arn]: answer }) } },
  });

  test('runs once, and without metadata', async () => {
    const events: unknown[] = [];
    const { press, parameters, app, pool } = await linkRoom(
      withFunction((event) => {
        events.push(structuredClone(event));
        return event;
      }),
    );
    for (const _ of [1, 2]) expect((await press(parameters)).status).toBe(200);
    expect(events).toMatchObject([
      {
        triggerSource: 'PostConfirmation_ConfirmSignUp',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { clientId: app.id },
        request: { userAttributes: { email_verified: 'true', 'cognito:user_status': 'CONFIRMED' } },
      },
    ]);
    expect(events).not.toMatchObject([{ request: { clientMetadata: expect.anything() } }]);
  });

  test('is heard of where it fails, and whom it was about stays confirmed', async () => {
    const { press, parameters, statusOf } = await linkRoom(
      withFunction(() => {
        throw new Error('<b>no</b> welcome');
      }),
    );
    const { status, body } = await press(parameters);
    expect(status).toBe(400);
    expect(body).toContain('PostConfirmation failed with error &lt;b&gt;no&lt;/b&gt; welcome.');
    expect(await statusOf()).toBe('CONFIRMED');
    expect((await press(parameters)).body).toMatch(confirmed);
  });
});

describe('A page that cannot be answered now', () => {
  const again = /<h1>Please try again<\/h1>.*<input type="hidden" name="confirmation_code" value="\d{6}">/s;

  test('is asked for too often where requests are limited, by the rate of ConfirmSignUp', async () => {
    const account = String(randomInt(1e11, 1e12));
    const service = { settings: { account, rates: { UserCreation: 2 } } };
    const { press, open, link, parameters, clock, statusOf } = await linkRoom({ service });
    clock.advance(1000);
    const wrong = { ...parameters, confirmation_code: otherThan(parameters.confirmation_code) };
    const answers = await Promise.all([press(wrong), press(wrong), press(wrong)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([400, 400, 429]);
    expect(await press(parameters)).toMatchObject({ status: 429, body: expect.stringMatching(again) });
    // Looking at it takes nothing.
    expect((await open(link)).status).toBe(200);
    clock.advance(1000);
    expect((await press(parameters)).status).toBe(200);
    expect(await statusOf()).toBe('CONFIRMED');
  });

  test.each([
    ['the table does not answer', new Unavailable('away'), 503, 'ServiceUnavailableException'],
    ['something is broken', new Error('ada sent 123456'), 500, 'InternalErrorException'],
  ])('keeps the button: %s', async (_what, fault, status, outcome) => {
    const { ports, parameters } = await linkRoom();
    const guess = (): never => {
      throw new Error('broken', { cause: fault });
    };
    const throwing = fault instanceof Unavailable ? () => Promise.reject(fault) : guess;
    const lines: RequestLine[] = [];
    const logger = { write: (line: RequestLine) => void lines.push(line), record: () => {} };
    const { press } = visitorOf({ ports: { ...ports, logger, codes: { ...ports.codes, guess: throwing } } });
    const answer = await press({ ...parameters, confirmation_code: '123456' });
    expect(answer).toMatchObject({ status, body: expect.stringMatching(again) });
    expect(answer.body).not.toContain('broken');
    expect(lines).toMatchObject([{ outcome, status, level: 'error' }]);
    expect(JSON.stringify(lines)).not.toMatch(/123456|ada/);
  });
});

describe('A line in the log', () => {
  test('says what came of a visit, and nothing of what the link says', async () => {
    const { press, open, link, parameters, lines, pool, app } = await linkRoom({ username: 'somebody-rare' });
    const before = lines.length;
    await open(link);
    await press({ ...parameters, confirmation_code: otherThan(parameters.confirmation_code) });
    await press(parameters);
    const [shown, wrong, right] = lines.slice(before);
    expect(shown).toMatchObject({ event: 'request.answered', outcome: 'ok', status: 200 });
    expect(wrong).toMatchObject({ outcome: 'CodeMismatchException', status: 400 });
    expect(right).toMatchObject({ outcome: 'ok', status: 200, poolId: pool.id, clientId: app.id });
    expect(JSON.stringify([shown, wrong, right])).not.toMatch(/somebody-rare|"\d{6}"/);
    expect(JSON.stringify(lines)).not.toContain(parameters.confirmation_code);
  });
});

const frame = (main: readonly string[]): readonly string[] => [
  '<!doctype html>',
  '<html lang="en">',
  '<head>',
  '<meta charset="utf-8">',
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
  '<meta name="color-scheme" content="light dark">',
  '<title>',
  '</title>',
  '<link rel="icon" href="data:,">',
  '<style>',
  '</style>',
  '</head>',
  '<body>',
  '<main>',
  '<h1>',
  '</h1>',
  ...main,
  '</main>',
  '</body>',
  '</html>',
];
const tagsOfRefusal = frame(['<p>', '</p>']);
const tagsOfButton = frame([
  '<p>',
  '</p>',
  '<form method="post" action="?">',
  ...['client_id', 'user_name', 'confirmation_code'].map((name) => `<input type="hidden" name="${name}">`),
  '<button>',
  '</button>',
  '</form>',
  '<p>',
  '</p>',
]);

const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
