/** The outbox page in a browser: a sign-up's code is read from it, it keeps itself fresh, and anybody can use it. */
import {
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startMillpond } from '../../bin/start-millpond.ts';
import { sayAbsent } from '../clients/outside-programs.ts';
import { builders } from '../support/builders.ts';
import { signUp } from '../support/people.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { openBrowsers } from './browser.ts';
import { aMessage, openPage, outboxPages, withClipboard } from './outbox-pages.ts';

const { browsers, absence } = await openBrowsers();
if (absence !== '') sayAbsent([], absence);

const rowOf = (page: Page, recipient: string) => page.getByRole('listitem').filter({ hasText: recipient });
const statusOf = (page: Page) => expect.poll(() => page.getByRole('status').textContent(), { timeout: 5000 });
const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()');

describe.each(browsers)('the outbox page', (browser) => {
  const { service, url, open } = outboxPages(browser);

  async function aSignUp(username: string) {
    const client = sdkClientOf(service().endpoint);
    const { aPool, aClient } = builders(client);
    const pool = await aPool({ AutoVerifiedAttributes: ['email'] });
    const web = await aClient(pool);
    await signUp(client, web, { username, attributes: { email: `${username}@example.com` } });
    const person = { ClientId: web.id, Username: username };
    return {
      confirm: (ConfirmationCode: string) => client.send(new ConfirmSignUpCommand({ ...person, ConfirmationCode })),
      resend: () => client.send(new ResendConfirmationCodeCommand(person)),
      status: async () =>
        (await client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: username }))).UserStatus,
    };
  }

  test('shows a sign-up as it happens, with the code that confirms it', async () => {
    const { page, complaints } = await open(withClipboard);
    await page.getByText('No messages yet.').waitFor();
    const ada = await aSignUp('ada');
    const row = rowOf(page, 'ada@example.com');
    await statusOf(page).toBe('New message to ada@example.com');
    expect(await page.title()).toBe('Outbox (1) · Millpond');
    expect(await page.getByText('No messages yet.').count()).toBe(0);

    const code = (await row.locator('code').textContent()) ?? '';
    expect(code).toMatch(/^\d{6}$/);
    await row.getByRole('button', { name: `Copy ${code}` }).click();
    await statusOf(page).toBe(`Copied ${code}`);
    expect(await copied(page)).toBe(code);
    await ada.confirm(code);
    expect(await ada.status()).toBe('CONFIRMED');
    expect(complaints).toEqual([]);
  });

  test('opens the mail of a sign-up as its recipient sees it', async () => {
    await aSignUp('ada');
    const { page } = await open();
    const code = (await rowOf(page, 'ada@example.com').locator('code').textContent()) ?? '';
    await page.getByRole('link', { name: 'Confirm your email address' }).click();
    const mail = page.frameLocator('iframe[title="Message as the recipient sees it"]');
    expect(await mail.locator('body').textContent()).toContain(code);
    expect(await page.getByRole('definition').allTextContents()).toContain('ada@example.com');
    await page.getByRole('link', { name: 'All messages' }).click();
    await rowOf(page, 'ada@example.com').waitFor();
  });

  test('a new message leaves alone what somebody is doing', async () => {
    const ada = await aSignUp('ada');
    const { page } = await open();
    const rows = page.getByRole('listitem');
    await page.getByLabel('Recipient').fill('half typ');
    const [first] = await rows.locator('code').allTextContents();
    await page.getByRole('button', { name: `Copy ${first}` }).focus();
    await ada.resend();
    await statusOf(page).toBe('New message to ada@example.com');
    const [, second] = await rows.locator('code').allTextContents();
    expect(second).toBe(first);
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe(`Copy ${first}`);
    expect(await page.getByLabel('Recipient').inputValue()).toBe('half typ');
  });

  test('shows the messages to one address alone, and those that come later', async () => {
    for (const to of ['ada@example.com', 'bob@example.com']) await service().outbox.send(aMessage({ to }));
    const { page } = await open();
    await page.getByLabel('Recipient').fill('BOB@');
    await page.getByLabel('Recipient').press('Enter');
    await page.getByRole('link', { name: 'Show all' }).waitFor();
    const codes = page.getByRole('listitem').locator('code');
    await service().outbox.send(aMessage({ code: '111111' }));
    await statusOf(page).toBe('New message to ada@example.com');
    await service().outbox.send(aMessage({ to: 'bob@example.com', code: '222222' }));
    await statusOf(page).toBe('New message to bob@example.com');
    expect(await codes.allTextContents()).toEqual(['222222', '012345']);
    await page.getByRole('link', { name: 'Show all' }).click();
    expect(await codes.allTextContents()).toEqual(['222222', '111111', '012345', '012345']);
  });

  test('forgets what is cleared when the next message comes', async () => {
    await service().outbox.send(aMessage({ to: 'bob@example.com' }));
    const { page } = await open();
    await service().outbox.clear();
    await service().outbox.send(aMessage());
    await rowOf(page, 'ada@example.com').waitFor();
    expect(await page.getByRole('listitem').count()).toBe(1);
  });

  test('selects a code that the browser would not copy', async () => {
    await service().outbox.send(aMessage());
    const { page } = await open();
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("Not allowed"))');
    await page.getByRole('button', { name: 'Copy 012345' }).click();
    await statusOf(page).toBe('Selected 012345, ready to be copied');
    expect(await page.evaluate('getSelection().toString()')).toBe('012345');
  });

  test('says when the service is away, and goes on when it is back', async () => {
    const first = await startMillpond({ memory: true, quiet: true });
    onTestFinished(() => first.close());
    await first.outbox.send(aMessage({ to: 'before@example.com' }));
    const { page } = await openPage(browser, first.outboxPage ?? '');
    await first.close();
    await statusOf(page).toBe('The service does not answer. Trying again …');

    const second = await startMillpond({ memory: true, quiet: true, port: Number(new URL(first.endpoint).port) });
    onTestFinished(() => second.close());
    await expect.poll(() => page.getByRole('listitem').count(), { timeout: 10_000 }).toBe(0);
    await second.outbox.send(aMessage({ to: 'after@example.com' }));
    await rowOf(page, 'after@example.com').waitFor();
  });

  test('works where scripts are off', async () => {
    for (const to of ['ada@example.com', 'bob@example.com']) await service().outbox.send(aMessage({ to }));
    const { page } = await open({ javaScriptEnabled: false });
    // Every few seconds the browser loads the page anew, as is done here at once.
    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(1);
    await service().outbox.send(aMessage({ code: '222222' }));
    await page.reload();
    expect(await page.locator('code').allTextContents()).toEqual(['222222', '012345', '012345']);
    await page.getByLabel('Recipient').fill('bob');
    await page.getByRole('button', { name: 'Filter' }).click();
    expect(await page.locator('code').allTextContents()).toEqual(['012345']);
    await page.getByRole('link', { name: 'Your verification code' }).click();
    expect(await page.frameLocator('iframe').locator('body').textContent()).toContain('Your code is 012345');
    await page.goto(url({ refresh: 'off' }));
    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0);
  });
});
