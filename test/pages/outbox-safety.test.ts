/** The outbox page in a browser, with messages that want to harm its reader, and sites that want to read along. */
import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { sayAbsent } from '../clients/outside-programs.ts';
import { builders } from '../support/builders.ts';
import { signUp } from '../support/people.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { openBrowsers } from './browser.ts';
import { anotherSite } from './other-site.ts';
import { aMessage, openPage, outboxPages } from './outbox-pages.ts';

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

const links = ['script link', 'script link above', 'top link', 'blank link', 'data link', 'own link'];

async function clickAll(page: Page): Promise<void> {
  const mail = page.frameLocator('iframe');
  for (const name of ['Send', ...links]) await mail.getByText(name, { exact: true }).click();
}

/** What would have to be explained: windows, dialogs, and pages in place of this one. */
function watched(page: Page): readonly string[] {
  const happened: string[] = [];
  page.on('dialog', (dialog) => happened.push(`a dialog: ${dialog.message()}`));
  page.context().on('page', (other) => happened.push(`a window: ${other.url()}`));
  page.on('framenavigated', (frame) => happened.push(`a page: ${frame.url()}`));
  return happened;
}

describe.each(browsers)('the outbox page, under attack,', (browser) => {
  const { service, url, open } = outboxPages(browser);

  function aService() {
    const client = sdkClientOf(service().endpoint);
    return { client, ...builders(client) };
  }

  test('a hostile mail takes over a page that shows it without care', async () => {
    const site = await anotherSite((origin) => ({ '/mail': hostileMail(origin) }));
    const { page } = await openPage(browser, `${site.origin}/mail`);
    await page.waitForURL(/refresh|onerror/);
    expect(site.asked).toEqual(expect.arrayContaining(['/script.js', '/img']));
  });

  test('a hostile mail does nothing and reaches nothing, wherever it is clicked', async () => {
    const { client, aPool, aClient } = aService();
    const site = await anotherSite(() => ({}));
    const EmailSubject = '<script>top.document.title = 1</script>{####}';
    const VerificationMessageTemplate = { EmailMessage: hostileMail(site.origin), EmailSubject };
    const pool = await aPool({ AutoVerifiedAttributes: ['email'], VerificationMessageTemplate });
    await signUp(client, await aClient(pool), { username: 'mallory', attributes: { email: 'mallory@example.com' } });

    const { page } = await open();
    await page.getByRole('listitem').getByRole('link').click();
    const code = await page.locator('code').textContent();
    await page.frameLocator('iframe').getByText(`Your code is ${code}`).waitFor();
    const happened = watched(page);
    await clickAll(page);
    expect(await page.title()).toBe(`<script>top.document.title = 1</script>${code} · Millpond`);
    expect(happened).toEqual([expect.stringMatching(/^a page: (about:srcdoc|chrome-error:)/)]);
    expect(site.connections()).toBe(0);
    // Later than whatever a click began.
    await page.goto(`${site.origin}/later`);
    expect(site.asked.filter((path) => path !== '/favicon.ico')).toEqual(['/later']);
  });

  test('what people call themselves is text', async () => {
    const { client, aPool } = aService();
    const pool = await aPool();
    const Username = `<img/src="x"onerror="document.title='taken'"><script>alert(1)</script>`;
    const UserAttributes = [{ Name: 'email', Value: 'mallory@example.com' }];
    const invitation = { UserPoolId: pool.id, Username, UserAttributes };
    await client.send(new AdminCreateUserCommand({ ...invitation, DesiredDeliveryMediums: ['EMAIL'] }));
    const to = '"<img src=x onerror=alert(1)>"@example.com';
    await service().outbox.send(aMessage({ to, subject: '</a><script>alert(1)</script>', code: '"><b>1</b>' }));

    const { page } = await open();
    const happened = watched(page);
    expect(await page.getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: 'Copy "><b>1</b>' }).waitFor();
    await page.getByRole('listitem').getByRole('link').last().click();
    expect(await page.getByRole('definition').allTextContents()).toContain(Username);
    const mail = page.frameLocator('iframe');
    expect(await mail.locator('body').textContent()).toContain(Username);
    expect(await mail.locator('img, script').count()).toBe(0);
    expect(await page.locator('img, script').count()).toBe(1);
    expect(happened.filter((what) => !what.startsWith('a page: '))).toEqual([]);
  });

  test('a filter that is handed over in a link is text', async () => {
    const to = '"><script>alert(1)</script>';
    const { page } = await open({}, url({ to, poolId: to, message: to }));
    expect(await page.locator('script').count()).toBe(1);
    await page.getByRole('link', { name: 'All messages' }).click();
    expect(await page.getByLabel('Recipient').inputValue()).toBe(to);
    expect(await page.locator('script').count()).toBe(1);
  });

  test('another site on this machine can neither read the outbox nor show it in a frame', async () => {
    await service().outbox.send(aMessage());
    const frame = `<iframe src="${url()}"></iframe>`;
    const { origin } = await anotherSite(() => ({ '/': frame }));
    const { page } = await openPage(browser, `${origin}/`);
    const api = `${url().replace('?', '')}/messages`;
    const read = (mode: string) =>
      page.evaluate(`fetch('${api}', { mode: '${mode}' }).then((answer) => answer.text(), () => 'refused')`);
    expect(await read('cors')).toBe('refused');
    expect(await read('no-cors')).toBe('refused');
    const shown = await page.frameLocator('iframe').locator('body').textContent();
    expect(shown).toBe('{"message":"The outbox does not answer other sites."}');
  });
});
