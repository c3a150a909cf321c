/** Pages of a running outbox, as tests open them: a tab of its own for each test, and what the browser complained of. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import { type StillMillpond, startMillpond } from '../../bin/start-millpond.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { Message } from '../../lambdas/core/ports/messenger.ts';

export const aMessage = (changes: Partial<Message> = {}): Message => ({
  channel: 'EMAIL',
  poolId: 'us-east-1_A',
  username: 'ada',
  to: 'ada@example.com',
  from: 'no-reply@localhost',
  kind: 'SignUp',
  subject: 'Your verification code',
  html: 'Your code is <b>012345</b>',
  text: 'Your code is 012345',
  code: '012345',
  ...changes,
});

export interface OpenPage {
  readonly page: Page;
  /** Anything that the policy of the page refused, and every error in its script. */
  readonly complaints: readonly string[];
}

export interface OutboxPages {
  readonly service: () => StillMillpond;
  readonly url: (query?: Readonly<Record<string, string>>) => string;
  /** At the outbox, unless the address is another. */
  readonly open: (options?: BrowserContextOptions, address?: string) => Promise<OpenPage>;
}

/** One service for the tests of a file; each finds the outbox empty. */
export function outboxPages(browser: Browser): OutboxPages {
  let service: StillMillpond;
  beforeAll(async () => {
    service = await startMillpond({ memory: true, quiet: true, clock: stillClock(Date.UTC(2026, 0, 1, 12)) });
  });
  beforeEach(() => service.outbox.clear());
  afterAll(async () => {
    await browser.close();
    await service.close();
  });
  const url: OutboxPages['url'] = (query = {}) => `${service.outboxPage}?${new URLSearchParams(query)}`;
  return { service: () => service, url, open: (options, address = url()) => openPage(browser, address, options) };
}

export async function openPage(browser: Browser, address: string, options?: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (line) => complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);
  return { page, complaints };
}

/** A rule of the browser: only a page that may use the clipboard can write to it unasked. */
export const withClipboard: BrowserContextOptions = { permissions: ['clipboard-read', 'clipboard-write'] };
