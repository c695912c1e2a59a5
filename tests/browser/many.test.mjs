// Five hundred clips: how many are loaded at once is bounded by the window, not by the batch.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { names, nothing, nothingSeen, open, start } from './browser.mjs';

// Those in a window of 1400 x 900 and 300 pixels above and below it: five in a row, five rows and what peeps in.
const most = 40;

let browser;
before(async () => { browser = await start(); });
after(() => browser?.close());

const loaded = page => page.evaluate(() => [...document.querySelectorAll('video')].filter(v => v.src).length);
// What passes by fast is not loaded: so wait until something in the window is.
const arrived = page => page.waitForFunction(() => [...document.querySelectorAll('video')].some(video => {
  const box = video.getBoundingClientRect();
  return video.src && box.bottom > 0 && box.top < innerHeight;
}));
const settled = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))));

test('five hundred clips are there, and a window full of them is loaded', async () => {
  const { page, seen } = await open(browser, 'file://' + process.env.BATCHRUNNER_PAGE);
  assert.equal((await names(page)).length, 500);
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some(v => v.readyState >= 1));
  let highest = 0;
  for (let i = 0; i <= 20; i++) {
    await page.evaluate(part => scrollTo(0, document.body.scrollHeight * part), i / 20);
    await settled(page);
    await arrived(page);
    highest = Math.max(highest, await loaded(page));
  }

  assert.ok(highest > 5 && highest <= most, highest + ' clips were loaded at once in the grid');
  await page.keyboard.press('2');
  await page.click('text=Play all');
  for (let i = 0; i <= 20; i++) {
    await page.evaluate(part => scrollTo(0, document.body.scrollHeight * part), i / 20);
    await settled(page);
    await arrived(page);
    highest = Math.max(highest, await loaded(page));
  }

  assert.ok(highest <= most, highest + ' clips were loaded at once in A/B');
  await page.keyboard.press('1');
  await page.fill('#search', 'clip-499');
  await settled(page);
  assert.deepEqual(await names(page), ['clip-499']);
  assert.ok(await loaded(page) <= 1);
  assert.deepEqual(nothingSeen(seen), nothing);
});
