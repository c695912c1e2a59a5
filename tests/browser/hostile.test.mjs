// A hundred payloads in every text that a stranger can choose: prompt, name, label, failure, file name, task, note.
// BATCHRUNNER_PAGE: a report with a finished and a failed job for each line of payloads.json, in that order.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { names, nothing, nothingSeen, open, start } from './browser.mjs';

const payloads = JSON.parse(await readFile(new URL('payloads.json', import.meta.url), 'utf8'));
let browser;
before(async () => { browser = await start(); });
after(() => browser?.close());

test('a hundred payloads execute nothing, load nothing from outside, and are shown as they are', async () => {
  assert.equal(new Set(payloads).size, 100);
  const { page, seen } = await open(browser, 'file://' + process.env.BATCHRUNNER_PAGE);
  const shown = await names(page);
  // NUL is the one character that a page can't hold.
  const wanted = payloads.map(text => text.replaceAll('\u0000', '\ufffd'));
  assert.deepEqual(shown.map(text => text.replaceAll('\u0000', '\ufffd')).sort(), wanted.flatMap(text => [text, text]).sort());

  for (const key of ['1', '2', '3', '4', '5', '1']) await page.keyboard.press(key);
  for (const payload of payloads.slice(0, 100)) await page.fill('#search', payload.replace(/[\n\r]/g, ' '));
  await page.fill('#search', '');
  const texts = await page.evaluate(() => jobs.map(job => {
    details(job);
    const text = document.getElementById('details').textContent;
    document.getElementById('details').close();
    return text;
  }));
  texts.forEach((text, i) => assert.ok(text.includes(payloads[Math.floor(i / 2)]), 'details of job ' + i));
  for (const video of await page.locator('.frame').all()) if (await video.isVisible()) await video.hover({ timeout: 2000 }).catch(() => {});
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#export')]);
  const csv = await readFile(await download.path(), 'utf8');

  assert.equal(await page.evaluate(() => globalThis.hit), undefined);
  assert.equal(await page.evaluate(() => ({}).hit), undefined);
  assert.deepEqual(nothingSeen(seen), nothing);
  assert.equal(await page.evaluate(() => document.querySelectorAll('script').length), 2);
  assert.equal(await page.evaluate(() => document.querySelectorAll('iframe, object, embed, link, base, form:not([method=dialog])').length), 0);
  assert.ok(csv.split('\n').every(line => !/(^|,)"?[=+@-]/.test(line)), 'a formula is exported');
  assert.equal(new URL(page.url()).pathname, new URL('file://' + process.env.BATCHRUNNER_PAGE).pathname);
});
