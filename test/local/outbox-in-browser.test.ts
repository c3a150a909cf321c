/** The outbox page in a browser: it shows what comes, keeps what is typed, and runs nothing that a message brings. */
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startMillpond } from '../../bin/start-millpond.ts';
import type { Message } from '../../lambdas/core/ports/messenger.ts';

const aMessage = (changes: Partial<Message> = {}): Message => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: 'ada@example.com',
  kind: 'SignUp',
  subject: 'Your verification code',
  html: 'Your code is <b>012345</b><script>parent.document.title = "taken over"</script>',
  text: 'Your code is 012345',
  code: '012345',
  ...changes,
});

let browser: Browser;

beforeAll(async () => {
  // Not with the arguments that come with this browser: they turn off what keeps one site from another.
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args });
});
afterAll(() => browser.close());

async function anOutboxPage(options: Parameters<Browser['newContext']>[0] = {}) {
  const service = await startMillpond({ memory: true, quiet: true });
  onTestFinished(() => service.close());
  const context: BrowserContext = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('console', (line) => {
    if (/Content Security Policy/.test(line.text())) refused.push(line.text());
  });
  return { service, page, url: service.outboxPage ?? '', refused };
}

describe('the outbox page in a browser', () => {
  test('shows a new message by itself, says so, and keeps what is being typed', async () => {
    const { service, page, url, refused } = await anOutboxPage();
    await page.goto(url);
    await page.getByLabel('Recipient').fill('bob');
    await service.outbox.send(aMessage());
    await page.getByText('012345').waitFor();
    expect(await page.getByLabel('Recipient').inputValue()).toBe('bob');
    await expect.poll(() => page.getByRole('status').textContent()).toBe('New message to ada@example.com');
    expect(await page.title()).toBe('Outbox (1) · Millpond');
    expect(refused).toEqual([]);
  });

  test('copies a code', async () => {
    const { service, page, url } = await anOutboxPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    await service.outbox.send(aMessage());
    await page.goto(url);
    await page.getByRole('button', { name: 'Copy 012345' }).click();
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Copied 012345');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('012345');
  });

  test('filters by recipient', async () => {
    const { service, page, url } = await anOutboxPage();
    await service.outbox.send(aMessage());
    await service.outbox.send(aMessage({ to: 'bob@example.com', code: '222222' }));
    await page.goto(url);
    await page.getByLabel('Recipient').fill('bob@example.com');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('link', { name: 'Show all' }).waitFor();
    expect(await page.locator('code').allTextContents()).toEqual(['222222']);
  });

  test('shows a message as its recipient sees it, without running what is in it', async () => {
    const { service, page, url } = await anOutboxPage();
    await service.outbox.send(aMessage());
    await page.goto(url);
    await page.getByRole('link', { name: 'Your verification code' }).click();
    const body = page.frameLocator('iframe').locator('body');
    await expect.poll(() => body.textContent()).toContain('Your code is 012345');
    expect(await page.title()).toBe('Your verification code · Millpond');
  });

  test('works where scripts are off', async () => {
    const { service, page, url } = await anOutboxPage({ javaScriptEnabled: false });
    await service.outbox.send(aMessage());
    await page.goto(url);
    expect(await page.locator('code').allTextContents()).toEqual(['012345']);
    // Every few seconds the page is loaded anew, as it is here.
    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(1);
    await service.outbox.send(aMessage({ code: '222222' }));
    await page.reload();
    expect(await page.locator('code').allTextContents()).toEqual(['222222', '012345']);
  });

  test('fits on a telephone', async () => {
    const { service, page, url } = await anOutboxPage({ viewport: { width: 360, height: 640 } });
    await service.outbox.send(aMessage({ to: `${'a'.repeat(80)}@example.com`, poolId: `us-east-1_${'A'.repeat(45)}` }));
    await page.goto(url);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });
});
