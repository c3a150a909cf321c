/** The page of a confirmation link in a browser, from the mail in the outbox to the user who is confirmed. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sayAbsent } from '../clients/outside-programs.ts';
import { builders } from '../support/builders.ts';
import { byLink } from '../support/links.ts';
import { lookAt, signUp } from '../support/people.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { openBrowsers } from './browser.ts';
import { anotherSite } from './other-site.ts';
import { openPage, outboxPages } from './outbox-pages.ts';

const { browsers, absence } = await openBrowsers();
if (absence !== '') sayAbsent([], absence);

const email = 'ada@example.com';
const button = (page: Page) => page.getByRole('button', { name: 'Confirm' });
const confirmed = (page: Page) => page.getByRole('heading', { name: 'Your registration is confirmed' }).waitFor();

describe.each(browsers)('the page of a confirmation link', (browser) => {
  const { service, open } = outboxPages(browser);

  async function somebodyRegisters(username = 'ada') {
    const client = sdkClientOf(service().endpoint);
    const { aPool, aClient } = builders(client);
    const pool = await aPool(byLink);
    const app = await aClient(pool, {
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://app.example.com/callback'],
    });
    await signUp(client, app, { username, attributes: { email } });
    const link = service().outbox.find({ poolId: pool.id })[0]?.link ?? '';
    return { link, statusOf: async () => (await lookAt(client, pool, username)).status };
  }

  const visit = (link: string, options?: BrowserContextOptions) => openPage(browser, link, options);

  test('opens from the outbox, and its button confirms (triggers-and-messages 33 and 38)', async () => {
    const { link, statusOf } = await somebodyRegisters();
    const { page, complaints } = await open();
    expect(await page.getByRole('link', { name: 'Open the link' }).getAttribute('href')).toBe(link);
    await page.getByRole('link', { name: 'Confirm your email address' }).click();
    await page.frameLocator('iframe').getByRole('link', { name: 'Confirm email address' }).waitFor();
    await page.getByRole('definition').getByRole('link', { name: link }).click();
    await button(page).waitFor();
    expect(await statusOf()).toBe('UNCONFIRMED');

    await button(page).click();
    await confirmed(page);
    expect(await statusOf()).toBe('CONFIRMED');
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByRole('link').getAttribute('href')).toBe('https://app.example.com/');
    await page.goto(link);
    await button(page).click();
    await confirmed(page);
    expect(complaints).toEqual([]);
  });

  test('is used with the keyboard alone, and without scripts', async () => {
    const { link, statusOf } = await somebodyRegisters('o\'brien&"söhne"');
    const { page } = await visit(link, { javaScriptEnabled: false });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await confirmed(page);
    expect(await statusOf()).toBe('CONFIRMED');
  });

  test.each(['light', 'dark'] as const)('fits a telephone, and can be read (%s)', async (colorScheme) => {
    const { link } = await somebodyRegisters();
    const { page } = await visit(link, { colorScheme, viewport: { width: 320, height: 568 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    const box = await button(page).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(await contrastOf(page, 'button')).toBeGreaterThanOrEqual(4.5);
  });

  test('is opened by what looks at mail, with and without scripts, and confirms nothing', async () => {
    const { link, statusOf } = await somebodyRegisters();
    for (const javaScriptEnabled of [true, false]) await visit(link, { javaScriptEnabled });
    for (const method of ['HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    expect(await statusOf()).toBe('UNCONFIRMED');
  });

  test('is shown in no frame of another site', async () => {
    const { link } = await somebodyRegisters();
    const site = await anotherSite(() => ({
      '/': `<!doctype html><iframe src="${link.replaceAll('&', '&amp;')}"></iframe>`,
    }));
    const { page } = await openPage(browser, site.origin);
    await page.waitForLoadState('networkidle');
    expect(await page.frameLocator('iframe').getByRole('button').count()).toBe(0);
  });

  test('tells nobody where it was left from', async () => {
    const { link } = await somebodyRegisters();
    const site = await anotherSite(() => ({ '/next': '<!doctype html><title>next</title>' }));
    const { page } = await visit(link);
    onTestFinished(() => page.close());
    await page.evaluate(`location.href = '${site.origin}/next'`);
    await page.waitForURL(/next/);
    expect(await page.evaluate('document.referrer')).toBe('');
  });
});

/** Of the text in an element and what is behind it (WCAG 2.2, 1.4.3). */
function contrastOf(page: Page, selector: string): Promise<number> {
  return page.evaluate(`(() => {
    const luminance = (color) => {
      const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const { color, backgroundColor } = getComputedStyle(document.querySelector('${selector}'));
    const [light, dark] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  })()`);
}
