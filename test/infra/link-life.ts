/** Somebody registers, gets a link, and confirms on the page that it opens. */
import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { attributesOf, somePassword } from '../support/builders.ts';
import { byLink } from '../support/links.ts';
import { lookAt } from '../support/people.ts';
import { readText } from './running-stack.ts';
import { liveIn, type Town } from './sign-in-place.ts';
import { functionArn, install } from './trigger-life.ts';

const email = 'ada@links.example';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

export async function followLink(town: Town): Promise<void> {
  const { stack } = town;
  install(town, { welcome: (event: object) => event });
  const pool = { ...byLink, LambdaConfig: { PostConfirmation: functionArn('welcome') } };
  await liveIn(town, { pool }, async ({ client, pool: { id }, app }) => {
    const UserAttributes = attributesOf({ email });
    await client.send(new SignUpCommand({ ClientId: app.id, Username: 'ada', Password: somePassword, UserAttributes }));
    const text = await readText(stack, { poolId: id, username: 'ada', email });
    const link = new URL(/https:\/\/[^\s)]+/.exec(text)?.[0] ?? '');
    expect(link.href).toMatch(`${stack.endpoint}/confirmUser?`);

    for (const method of ['GET', 'HEAD']) {
      expect((await stack.client.send(link.href, { method })).status).toBe(200);
    }
    expect((await lookAt(client, { id }, 'ada')).status).toBe('UNCONFIRMED');
    const body = link.search.slice(1);
    const press = (path: string) =>
      stack.client.send(`${stack.endpoint}${path}`, { method: 'POST', headers: form, body });
    for (const path of ['/CONFIRMUSER', '/confirmUser']) {
      expect(await press(path)).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    }
    expect((await lookAt(client, { id }, 'ada')).status).toBe('CONFIRMED');
    expect(stack.services.lambda.invocations.at(-1)).toMatchObject({
      event: { triggerSource: 'PostConfirmation_ConfirmSignUp', userName: 'ada' },
    });
  });
  const said = [...stack.functions.values()].flatMap(({ lines }) => lines).join('\n');
  expect(said).not.toContain('confirmation_code');
}
