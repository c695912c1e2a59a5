// The same report after `report` made posters: no clip is loaded before it is played.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nothing, nothingSeen, open, start, untilPlaying } from './browser.mjs';

let browser;
before(async () => { browser = await start(); });
after(() => browser?.close());

test('posters are shown until a clip is played, and only that clip is loaded', async () => {
  const { page, seen } = await open(browser, 'file://' + process.env.BATCHRUNNER_PAGE);
  const posters = await page.evaluate(() => Promise.all([...document.querySelectorAll('video')].map(async video => {
    const picture = new Image();
    picture.src = video.poster;
    await picture.decode();
    return picture.naturalWidth;
  })));
  assert.equal(posters.length, 6);
  assert.ok(posters.every(width => width > 100 && width <= 640), String(posters));
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('video')].filter(v => v.src).length), 0);

  await page.keyboard.press('Space');
  await untilPlaying(page, 'calm-m01');

  assert.equal(await page.evaluate(() => [...document.querySelectorAll('video')].filter(v => v.src).length), 1);
  assert.deepEqual(nothingSeen(seen), nothing);
});
