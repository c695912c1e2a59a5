// The report as a run leaves it: opened from the disk, without a network and without a server.
// BATCHRUNNER_PAGE: report.html of two templates, `calm` and `bold`, and three messages, m01 to m03, all done.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { current, isPlaying, names, nothing, nothingSeen, open, start, untilPlaying, verdict } from './browser.mjs';

const address = 'file://' + process.env.BATCHRUNNER_PAGE;
let browser;
before(async () => { browser = await start(); });
after(() => browser?.close());

async function report(act, options) {
  const { context, page, seen } = await open(browser, address, options);
  try {
    await act(page, seen);
    assert.deepEqual(nothingSeen(seen), nothing);
  } finally {
    await context.close();
  }
}

const frame = (page, name) => page.locator('.card', { has: page.locator('strong', { hasText: new RegExp('^' + name + '$') }) }).locator('.frame');
const all = ['calm-m01', 'calm-m02', 'calm-m03', 'bold-m01', 'bold-m02', 'bold-m03'];

test('clips show their first frame, play under the pointer and stop when it leaves', () => report(async page => {
  assert.deepEqual(await names(page), all);
  await page.waitForFunction(() => [...document.querySelectorAll('video')].every(v => v.poster || v.readyState >= 1));

  await frame(page, 'calm-m02').hover();
  await untilPlaying(page, 'calm-m02');
  await page.mouse.move(5, 5);

  await page.waitForFunction(() => [...document.querySelectorAll('video')].every(v => v.paused));
}));

test('a click lets a clip go on, and a second one stops it', () => report(async page => {
  await frame(page, 'calm-m01').hover();
  await untilPlaying(page, 'calm-m01');
  await frame(page, 'calm-m01').click();
  await page.mouse.move(5, 5);
  assert.equal(await isPlaying(page, 'calm-m01'), true);
  assert.equal(await current(page), 'calm-m01');

  await frame(page, 'calm-m01').click();

  assert.equal(await isPlaying(page, 'calm-m01'), false);
}));

test('a clip that the manifest asks for no more says so, and does not count as a job', async () => {
  const gone = process.env.BATCHRUNNER_PAGE + '.gone.html';
  const html = await readFile(process.env.BATCHRUNNER_PAGE, 'utf8');
  const [first, second] = html.match(/"job":"calm-m0[12]"/g);
  await writeFile(gone, html.replaceAll('"orphaned":false', '"orphaned":true').replace(/("orphaned":)true(?!.*"orphaned")/s, '$1false').replace(/"job":"bold-m03"/, first));
  const { context, page, seen } = await open(browser, 'file://' + gone);
  try {
    const badges = await page.locator('.card .badge').allTextContents();
    assert.deepEqual(badges, ['replaced', ...Array(4).fill('its row is gone')]);
    assert.match((await page.textContent('#totals')).replace(/\s+/g, ''), /^jobs1done1earlier5/);
    assert.notEqual(first, second);
    assert.deepEqual(nothingSeen(seen), nothing);
  } finally {
    await context.close();
    await rm(gone);
  }
});

test('filters and search leave what is asked for, and say so when that is nothing', () => report(async page => {
  await page.selectOption('[data-filter="axis:template"]', 'bold');
  assert.deepEqual(await names(page), all.slice(3));
  await page.selectOption('[data-filter="axis:message"]', 'm02');
  assert.deepEqual(await names(page), ['bold-m02']);
  await page.fill('#search', 'train table');
  assert.deepEqual(await names(page), ['bold-m02']);

  await page.fill('#search', 'no such thing');
  assert.deepEqual(await names(page), []);
  assert.match(await page.textContent('#grid'), /^No clip matches\./);
  await page.click('text=Show all 6');

  assert.deepEqual(await names(page), all);
  assert.equal(await page.inputValue('#search'), '');
}));

test('the keyboard is enough: next, previous, play, approve, reject, take back, note, views', () => report(async page => {
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const leave = async () => { await press('Escape'); await page.waitForFunction(() => !document.querySelector('dialog[open]')); };
  assert.equal(await current(page), 'calm-m01');
  await press('ArrowRight', 'j', 'j');
  assert.equal(await current(page), 'bold-m01');
  await press('ArrowLeft', 'k');
  assert.equal(await current(page), 'calm-m02');
  await press('Space');
  await untilPlaying(page, 'calm-m02');
  await press('Space');
  assert.equal(await isPlaying(page, 'calm-m02'), false);

  await press('a');
  assert.equal(await verdict(page, 'calm-m02'), 'approved');
  await press('r');
  assert.equal(await verdict(page, 'calm-m02'), 'rejected');
  await press('u');
  assert.equal(await verdict(page, 'calm-m02'), null);
  await press('n');
  await page.keyboard.type('the cup is a bowl');
  await leave();
  assert.equal(await page.textContent('.card.current .note'), 'the cup is a bowl');
  assert.equal(await page.locator('.card .note').count(), 1);

  await press('Enter');
  assert.match(await page.textContent('#details'), /sha256/);
  await leave();
  await press('?');
  assert.equal(await page.locator('#keys').isVisible(), true);
  await leave();
  await press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
  await page.keyboard.type('a r');
  assert.equal(await verdict(page, 'calm-m01').catch(() => null), null);
  await page.fill('#search', '');
  await page.evaluate(() => document.activeElement.blur());
  for (const [key, view] of [['2', 'compare'], ['3', 'problems'], ['4', 'costs'], ['5', 'timeline'], ['1', 'grid']]) {
    await press(key);
    assert.equal(await page.getAttribute(`[data-view=${view}]`, 'aria-selected'), 'true');
    assert.equal(await page.locator('#' + view).isVisible(), true);
  }
}));

test('A/B shows pairs that differ in one thing, plays them together and pauses them together', () => report(async page => {
  await page.keyboard.press('2');
  assert.deepEqual(await names(page), ['calm-m01', 'bold-m01', 'calm-m02', 'bold-m02', 'calm-m03', 'bold-m03']);
  await page.click('text=Play all');
  await untilPlaying(page, 'calm-m01');
  await untilPlaying(page, 'bold-m01');
  await page.click('text=Pause all');
  await page.waitForFunction(() => [...document.querySelectorAll('video')].every(v => v.paused));

  await page.selectOption('[aria-label="axis"]', 'message');
  await page.selectOption('[aria-label="right arm"]', 'm03');

  assert.deepEqual(await names(page), ['calm-m01', 'calm-m03', 'bold-m01', 'bold-m03']);
  await page.locator('.card').nth(3).locator('text=Approve').click();
  await page.keyboard.press('1');
  assert.equal(await current(page), 'bold-m03');
}));

test('verdicts of a page from the disk outlive it, and are exported as the review file', () => report(async page => {
  await page.fill('#by', 'Ada');
  await page.locator('.card').nth(0).locator('text=Approve').click();
  await page.locator('.card').nth(4).locator('text=Reject').click();
  await page.keyboard.press('n');
  await page.keyboard.type('=1+1, "so"\nlate');
  await page.click('#details >> text=Close');
  await page.reload();
  assert.equal(await verdict(page, 'calm-m01'), 'approved');
  assert.equal(await verdict(page, 'bold-m02'), 'rejected');
  await page.selectOption('[data-filter=verdict]', 'rejected');
  assert.deepEqual(await names(page), ['bold-m02']);

  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#export')]);

  assert.equal(download.suggestedFilename(), 'ads.simulated.review.csv');
  const text = await readFile(await download.path(), 'utf8');
  const [first, second] = await page.evaluate(() => [0, 4].map(i => [batch.jobs[i].key, batch.jobs[i].taskId]));
  assert.equal(text, 'key,job,decision,note,by,task\n'
    + `${first[0]},calm-m01,approved,,Ada,${first[1]}\n`
    + `${second[0]},bold-m02,rejected,"'=1+1, ""so""\nlate",Ada,${second[1]}\n`);
}));

test('simulated money is called simulated, wherever there is money', () => report(async page => {
  assert.match(await page.textContent('#description'), /simulated: nothing was paid/);
  assert.match(await page.textContent('#totals'), /simulated credits/);
  assert.match(await page.textContent('#totals'), /simulated cost/);
  await page.keyboard.press('4');
  assert.match(await page.textContent('#costs'), /Simulated: nothing was paid/);
}));

test('the timeline has no more slots than the account', () => report(async page => {
  await page.keyboard.press('5');
  const [, slots, busy] = /(\d+) slots?, (\d+) % busy/.exec(await page.textContent('#timeline h2'));
  assert.ok(Number(slots) <= Number(process.env.BATCHRUNNER_SLOTS), slots + ' slots');
  assert.ok(Number(busy) > 0 && Number(busy) <= 100, busy + ' % busy');
}));

for (const width of [1400, 420]) {
  test(`nothing hangs over the edge of a window of ${width}`, () => report(async page => {
    for (const key of ['1', '2', '3', '4', '5']) {
      await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'view ' + key);
    }
  }, { width }));
}
