/** The outbox page in a browser, with messages that want to harm its reader, and sites that want to read along. */
import {
  AdminCreateUserCommand,
  ForgotPasswordCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { sayAbsent } from '../clients/outside-programs.ts';
import { builders } from '../support/builders.ts';
import { signUp } from '../support/people.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { openBrowsers } from './browser.ts';
import { anotherSite } from './other-site.ts';
import { aMessage, type OpenPage, openPage, outboxPages } from './outbox-pages.ts';

const { browsers, absence } = await openBrowsers();
if (absence !== '') sayAbsent([], absence);

/** Each line is a way out of a mail, or into the page around it. */
const hostileMail = (site: string): string => `<!doctype html><title>Hello</title>
<script>document.title = 'script'; top.document.title = 'script'; fetch('${site}/fetch')</script>
<script src="${site}/script.js"></script>
<img src="${site}/img" onerror="document.title = 'onerror'; top.location = '${site}/onerror'">
<svg onload="top.document.title = 'svg'"><image href="${site}/svg-image"/></svg>
<link rel="stylesheet" href="${site}/style.css"><link rel="preconnect" href="${site}">
<link rel="prefetch" href="${site}/prefetch"><link rel="preload" as="image" href="${site}/preload">
<style>@import '${site}/import.css'; body { background: url(${site}/background) }
@font-face { font-family: f; src: url(${site}/font) } p { font-family: f }</style>
<meta http-equiv="refresh" content="0; url=${site}/refresh"><base href="${site}/" target="_top">
<iframe src="${site}/frame"></iframe><object data="${site}/object"></object><embed src="${site}/embed">
<video src="${site}/video" poster="${site}/poster" autoplay></video><audio src="${site}/audio" autoplay></audio>
<form action="${site}/form" target="_top"><input name="code" autofocus onfocus="document.title = 'focus'"><button>Send</button></form>
<p>Your code is {####}</p>
<a href="javascript:document.title = 'link'; top.document.title = 'link'">script link</a>
<a href="javascript:top.document.title = 'link'" target="_top">script link above</a>
<a href="${site}/top" target="_top">top link</a> <a href="${site}/blank" target="_blank">blank link</a>
<a href="${site}/self" target="_self" ping="${site}/ping">own link</a>
<a href="data:text/html,<script>top.document.title = 'data'</script>" target="_blank">data link</a>`;

/** What follows a click, whatever it does. */
async function clickAll(page: Page): Promise<void> {
  const mail = page.frameLocator('iframe');
  const count = await mail.locator('a, button').count();
  expect(count).toBe(7);
  // From the last, the one that replaces the mail itself at the end.
  for (const name of ['Send', 'script link', 'script link above', 'top link', 'blank link', 'data link', 'own link']) {
    await mail.getByText(name, { exact: true }).click();
  }
}

function watched({ page }: OpenPage): string[] {
  const happened: string[] = [];
  page.on('dialog', (dialog) => happened.push(dialog.message()));
  page.context().on('page', (other) => happened.push(`a window: ${other.url()}`));
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) happened.push(`gone to ${frame.url()}`);
  });
  return happened;
}

describe.each(browsers)('the outbox page, attacked,', (browser) => {
  const { service, url, open } = outboxPages(browser);

  test('a hostile mail that is opened like any page takes it over', async () => {
    const site = await anotherSite((origin) => ({ '/mail': hostileMail(origin), '/refresh': '<title>taken over</title>' }));
    const { page } = await openPage(browser, `${site.origin}/mail`);
    await expect.poll(() => page.title()).toBe('taken over');
    expect(site.asked).toEqual(expect.arrayContaining(['/img', '/style.css', '/script.js']));
  });

  test('a hostile mail does nothing, and reaches nothing', async () => {
    const site = await anotherSite(() => ({}));
    const client = sdkClientOf(service().endpoint);
    const { aPool, aClient } = builders(client);
    const EmailMessage = hostileMail(site.origin);
    const VerificationMessageTemplate = { EmailMessage, EmailSubject: '<script>top.document.title = 1</script>' };
    const pool = await aPool({ AutoVerifiedAttributes: ['email'], VerificationMessageTemplate });
    await signUp(client, await aClient(pool), { username: 'mallory', attributes: { email: 'mallory@example.com' } });

    const opened = await open();
    const { page } = opened;
    await page.getByRole('listitem').getByRole('link').click();
    await page.frameLocator('iframe').getByText(/Your code is \d{6}/).waitFor();
    const happened = watched(opened);
    const title = await page.title();
    expect(title).toBe('<script>top.document.title = 1</script> · Millpond');
    await clickAll(page);
    // Whatever a click began is over when the page has answered twice.
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    expect(await page.title()).toBe(title);
    expect(happened).toEqual([]);
    expect(site.asked).toEqual([]);
    expect(site.connections()).toBe(0);
  });
});
