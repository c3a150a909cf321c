/** The outbox page in a browser, for whoever uses a keyboard, a screen reader, a telephone, or the dark. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { sayAbsent } from '../clients/outside-programs.ts';
import { openBrowsers } from './browser.ts';
import { aMessage, outboxPages, withClipboard } from './outbox-pages.ts';

const { browsers, absence } = await openBrowsers();
if (absence !== '') sayAbsent([], absence);

describe.each(browsers)('the outbox page, for everybody,', (browser) => {
  const { service, url, open } = outboxPages(browser);

  const send = (changes: Parameters<typeof aMessage>[0] = {}) => service().outbox.send(aMessage(changes));
  const newest = () => service().outbox.find()[0]?.id ?? '';

  /** Where ids stand, any id does. */
  const heard = async (page: Page) => (await page.locator('body').ariaSnapshot()).replace(/(?<=message=)\d+/g, '…');

  test('tells a screen reader what is where', async () => {
    const sms = { channel: 'SMS', to: '+15550100', subject: undefined, html: undefined, text: 'Code 111111' } as const;
    await send({ ...sms, code: '111111' });
    await send();
    const { page } = await open();
    expect(await heard(page)).toMatchInlineSnapshot(`
      "- banner:
        - link "Millpond":
          - /url: /_local/outbox
      - main:
        - heading "Outbox" [level=1]
        - paragraph:
          - text: Messages that this service would have sent. New ones appear by themselves.
          - link "Pause":
            - /url: /_local/outbox?refresh=off
        - search "Messages":
          - text: Recipient
          - combobox "Recipient"
          - text: Pool
          - combobox "Pool"
          - button "Filter"
        - list "Messages":
          - listitem:
            - text: ada@example.com Code
            - code: "012345"
            - button "Copy 012345": Copy
            - link "Your verification code":
              - /url: /_local/outbox?message=…
            - text: E-mail SignUp
            - time: 1 Jan 2026, 13:00:00
            - text: us-east-1_A
          - listitem:
            - text: +15550100 Code
            - code: "111111"
            - button "Copy 111111": Copy
            - link "Code 111111":
              - /url: /_local/outbox?message=…
            - text: SMS SignUp
            - time: 1 Jan 2026, 13:00:00
            - text: us-east-1_A
      - status"
    `);
    await page.goto(url({ message: newest() }));
    expect(await heard(page)).toMatchInlineSnapshot(`
      "- banner:
        - link "Millpond":
          - /url: /_local/outbox
      - main:
        - paragraph:
          - link "All messages":
            - /url: /_local/outbox
        - heading "Your verification code" [level=1]
        - term: Code
        - definition:
          - code: "012345"
          - button "Copy 012345": Copy
        - term: To
        - definition: ada@example.com
        - term: From
        - definition: no-reply@localhost
        - term: Sent
        - definition:
          - time: 1 Jan 2026, 13:00:00
        - term: Kind
        - definition: SignUp
        - term: Channel
        - definition: E-mail
        - term: User
        - definition: ada
        - term: Pool
        - definition: us-east-1_A
        - heading "Message" [level=2]
        - paragraph: As the recipient sees it, but with scripts, links and pictures from elsewhere turned off.
        - iframe
        - heading "Plain text" [level=2]
        - text: Your code is 012345
      - status"
    `);
  });

  /** What has the focus, by the name it goes by, and whether that is seen. */
  const focused = (page: Page) =>
    page.evaluate(`(() => {
      const { activeElement: at } = document;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const name = at.ariaLabel ?? at.labels?.[0]?.textContent ?? at.textContent;
      return name.trim() + (outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 ? '' : ' (unseen)');
    })()`);

  test('is used with a keyboard alone, and shows where it is', async () => {
    await send();
    const { page } = await open(withClipboard);
    const names: unknown[] = [];
    for (let at = 0; at < 7; at += 1) {
      await page.keyboard.press('Tab');
      names.push(await focused(page));
    }
    const inList = ['Copy 012345', 'Your verification code'];
    expect(names).toEqual(['Millpond', 'Pause', 'Recipient', 'Pool', 'Filter', ...inList]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    await expect.poll(() => page.getByRole('status').textContent(), { timeout: 5000 }).toBe('Copied 012345');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your verification code', level: 1 }).waitFor();
  });

  test('fits on a small telephone, with targets for a thumb', async () => {
    const long = {
      to: `${'a'.repeat(80)}@example.com`,
      poolId: `us-east-1_${'A'.repeat(45)}`,
      subject: 'b'.repeat(140),
    };
    await send({ ...long, code: 'c'.repeat(60), text: 'd'.repeat(400), username: 'e'.repeat(128) });
    const { page } = await open({ viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });
    for (const address of [url(), url({ message: newest() })]) {
      await page.goto(address);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      const box = await page.getByRole('button', { name: /^Copy/ }).boundingBox();
      expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(24);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    }
  });

  test.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    await send();
    const { page } = await open({ colorScheme });
    const texts = ['h1', 'p', 'label', 'input', 'form button', 'a', '.to', '.facts', 'code', 'code + button'];
    for (const selector of texts)
      expect([selector, await contrastOf(page, selector)]).toEqual([selector, expect.toSatisfy(isEnough)]);
    const paper = await page.evaluate(`getComputedStyle(document.body).backgroundColor`);
    expect(luminanceOf(String(paper)) < 0.2).toBe(colorScheme === 'dark');
  });
});

/** WCAG 2.2, 1.4.3, for text of any size. */
const isEnough = (contrast: number): boolean => contrast >= 4.5;

async function contrastOf(page: Page, selector: string): Promise<number> {
  const colors = await page.evaluate(`(() => {
    const text = document.querySelector('${selector}');
    let ground = text;
    while (/^rgba|transparent/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    return [getComputedStyle(text).color, getComputedStyle(ground).backgroundColor];
  })()`);
  // The two strings that the page answers.
  const [darker = 0, lighter = 0] = (colors as string[]).map(luminanceOf).sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
