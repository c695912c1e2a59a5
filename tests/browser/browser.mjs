// A headless Chromium that is watched: what a page asks for, says, and is refused.
import { chromium } from 'playwright-core';

const folder = new URL('.', 'file://' + (process.env.BATCHRUNNER_PAGE ?? '/')).href;

export const start = () => chromium.launch({
  executablePath: process.env.BATCHRUNNER_CHROMIUM,
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

// Opens an address; `seen` collects everything a report must not do. Only what lies below `home` may be asked for.
export async function open(browser, address, { home = folder, width = 1400, height = 900 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true });
  const page = await context.newPage();
  const seen = { outside: [], dialogs: [], errors: [], refused: [], asked: 0 };
  context.on('request', request => {
    seen.asked++;
    if (!request.url().startsWith(home) && !request.url().startsWith('blob:')) seen.outside.push(request.url());
  });
  context.on('page', other => { if (other !== page) seen.outside.push('a window: ' + other.url()); });
  page.on('dialog', dialog => { seen.dialogs.push(dialog.message()); dialog.dismiss(); });
  page.on('pageerror', error => seen.errors.push(String(error)));
  await page.exposeFunction('refusedByPolicy', text => { seen.refused.push(text); });
  await page.addInitScript(() => addEventListener('securitypolicyviolation',
    event => globalThis.refusedByPolicy(event.violatedDirective + ' ' + event.blockedURI)));
  await page.goto(address);
  return { context, page, seen };
}

export const nothingSeen = seen => ({ outside: seen.outside, dialogs: seen.dialogs, errors: seen.errors, refused: seen.refused });
export const nothing = { outside: [], dialogs: [], errors: [], refused: [] };

// What the page shows.
export const names = page => page.locator('main section:not([hidden]) .card strong').allTextContents();
export const current = page => page.locator('.card.current strong').textContent();
export const isPlaying = (page, name) => page.evaluate(wanted => {
  const card = [...document.querySelectorAll('.card')].find(c => c.querySelector('strong').textContent === wanted);
  const video = card.querySelector('video');
  return !video.paused && video.videoWidth > 0;
}, name);
export const untilPlaying = (page, name) => page.waitForFunction(wanted => {
  const card = [...document.querySelectorAll('.card')].find(c => c.querySelector('strong').textContent === wanted);
  const video = card.querySelector('video');
  return !video.paused && video.videoWidth > 0 && video.currentTime > 0.05;
}, name);
export const verdict = (page, name) => page.evaluate(wanted =>
  [...document.querySelectorAll('.card')].find(c => c.querySelector('strong').textContent === wanted).dataset.verdict ?? null, name);
