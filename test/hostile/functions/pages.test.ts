/** The page of confirmation links, and the pages of one machine, for those who would have somebody else use them. */
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { invocationLog } from '../../../lambdas/adapters/local/triggers/invocations.ts';
import { invocationsPage } from '../../../lambdas/adapters/local/triggers/invocations-page.ts';
import type { FunctionCaller } from '../../../lambdas/adapters/triggers/patient-triggers.ts';
import { TriggerFailed } from '../../../lambdas/core/ports/triggers.ts';
import { linkRoom, parametersOf, visitorOf } from '../../support/links.ts';

const marks = ['"><script>alert(1)</script>', "'onmouseover=alert(1) x='", '</input><img/src=x>', '{{7*7}}'];

async function aRoom() {
  const room = await linkRoom();
  const statusOf = async () => {
    const asked = new AdminGetUserCommand({ UserPoolId: room.pool.id, Username: 'ada' });
    return (await room.client.send(asked)).UserStatus;
  };
  return { ...room, statusOf, visitor: visitorOf(room), parameters: parametersOf(room.link) };
}

describe('The page of a confirmation link', () => {
  test.each(marks)('writes %s as text, wherever it stands', async (mark) => {
    const { visitor, parameters } = await aRoom();
    const spaceless = mark.replaceAll(' ', '/');
    for (const [name, value] of [
      ['user_name', spaceless],
      ['confirmation_code', spaceless],
      ['client_id', spaceless],
      ['other', mark],
    ] as const) {
      const query = new URLSearchParams({ ...parameters, [name]: value });
      const { body } = await visitor.open(`http://localhost/confirmUser?${query}`);
      expect(body).not.toContain(spaceless.includes('{{') ? '49' : spaceless);
      expect(body).not.toContain('<script');
      expect(body).not.toContain('<img');
    }
  });

  test('confirms nothing for those who look, frame, prefetch or guess at another way', async () => {
    const { visitor, link, parameters, statusOf } = await aRoom();
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) await visitor.open(link, method);
    const { pathname, search } = new URL(link);
    // With all of it in the address, or as a type that pages of other sites may send unasked.
    const target = `${pathname}${search}`;
    const types = ['text/plain', 'multipart/form-data; boundary=x', 'application/json', ''];
    for (const type of types) {
      await visitor.send({
        target,
        headers: { 'content-type': type },
        body: String(new URLSearchParams({ ...parameters })),
      });
    }
    await visitor.press({}, target);
    expect(await statusOf()).toBe('UNCONFIRMED');
    const { headers } = await visitor.open(link);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
  });

  test('sent by the page of another site confirms that code alone, and leaves that site nothing', async () => {
    const { visitor, parameters, statusOf } = await aRoom();
    const crossSite = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const post = (values: object) =>
      visitor.send({
        target: '/confirmUser',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...crossSite },
        body: String(new URLSearchParams({ ...values } as Record<string, string>)),
      });
    const guessed = await post({ ...parameters, confirmation_code: '000000' });
    expect(guessed.status).toBe(400);
    expect(await statusOf()).toBe('UNCONFIRMED');
    const { headers } = await post(parameters);
    for (const name of ['access-control-allow-origin', 'set-cookie', 'location'])
      expect(headers).not.toHaveProperty(name);
  });

  test('is not opened by doubled, overlong or broken parameters', async () => {
    const { visitor, parameters, link, statusOf } = await aRoom();
    const form = String(new URLSearchParams({ ...parameters }));
    for (const body of [
      `${form}&user_name=eve`,
      `${form}&x=${'y'.repeat(40_000)}`,
      '%',
      '%ff%fe=%00',
      '&&&',
      '='.repeat(30_000),
    ]) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await visitor.send({ target: '/confirmUser', headers, body })).status).toBe(400);
    }
    for (const more of ['&user_name=eve', '&confirmation_code=1']) {
      expect((await visitor.open(link + more)).status).toBe(400);
    }
    expect(await statusOf()).toBe('UNCONFIRMED');
  });
});

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:any';
const event = {
  version: '1',
  triggerSource: 'PreSignUp_SignUp',
  region: 'us-east-1',
  userPoolId: 'us-east-1_abcdefghi',
  userName: '<script>alert(1)</script>',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'x' },
  request: { password: 'hidden-1', clientMetadata: { x: '</pre><script>alert(2)</script>' } },
  response: {},
};
const { signal } = new AbortController();

const callerOf = (answer: () => unknown): FunctionCaller => ({
  call: async () => answer(),
  send: async () => undefined,
});

describe('The page of what functions were asked', () => {
  test('runs nothing that they say, and shows no password', async () => {
    const invocations = invocationLog();
    const html = '<img src=x onerror=alert(3)>';
    await invocations.recorded(callerOf(() => ({ response: { [html]: html } }))).call(arn, event, signal);
    const failing = callerOf(() => {
      throw new TriggerFailed(html);
    });
    await invocations
      .recorded(failing)
      .call(arn, event, signal)
      .catch(() => undefined);
    const page = await invocationsPage(invocations.all());
    for (const text of ['<script', '<img', 'hidden-1']) expect(page).not.toContain(text);
  });

  test('does not make a failure of an answer that cannot be shown', async () => {
    const invocations = invocationLog();
    const deep = JSON.parse(`{"response":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    expect(await invocations.recorded(callerOf(() => deep)).call(arn, event, signal)).toBe(deep);
    expect(invocations.all()).toHaveLength(1);
    expect((await invocationsPage(invocations.all())).length).toBeLessThan(20_000);
  });

  test('keeps no failure that is long', async () => {
    const invocations = invocationLog();
    const failing = callerOf(() => {
      throw new TriggerFailed('x'.repeat(5_000_000));
    });
    for (let count = 0; count < 3; count += 1) {
      await invocations
        .recorded(failing)
        .call(arn, event, signal)
        .catch(() => undefined);
    }
    expect(JSON.stringify(invocations.all()).length).toBeLessThan(300_000);
  });
});
