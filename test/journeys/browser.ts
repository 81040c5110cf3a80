import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executable = candidates.find((path) => path && existsSync(path));

/** Patience with a busy machine: nothing waits for it unless something is wrong. */
export const patience = 45_000;

/** Where the pictures of the screens go; MINGJING_SHOTS keeps them. */
const shots = process.env['MINGJING_SHOTS'] ?? mkdtempSync(join(tmpdir(), 'mingjing-shots-'));

/** Leaves the suite out where there is no Chromium; in continuous integration that is an error. */
export function needChromium(context: Mocha.Context): void {
  if (executable) return;
  if (process.env['CI'] === 'true') throw new Error('Chromium is missing: install it or name it in CHROMIUM.');
  process.stdout.write('    未找到 Chromium，跳过浏览器测试 · no Chromium found, browser journeys are skipped\n');
  context.skip();
}

/** One browser and the desks at it: each person a session of his own. */
export interface Browser {
  desk(options?: { width?: number; height?: number }): Promise<Page>;
  close(): Promise<void>;
}

export async function openBrowser(address: string): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: executable ?? '',
    headless: true,
    timeout: patience,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const contexts: BrowserContext[] = [];
  mkdirSync(shots, { recursive: true });
  return {
    desk: async ({ width = 1440, height = 900 } = {}) => {
      const context = await browser.newContext({
        baseURL: address,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        viewport: { width, height },
        acceptDownloads: true,
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(patience);
      contexts.push(context);
      return context.newPage();
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      if (!process.env['MINGJING_SHOTS']) rmSync(shots, { recursive: true, force: true });
    },
  };
}

/** A picture of the whole page, by the name of the moment. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** Where a file of the journey is kept. */
export const shotPath = (name: string): string => join(shots, name);
