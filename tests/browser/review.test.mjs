// The page as `review` serves it. BATCHRUNNER_REVIEW: its address; BATCHRUNNER_REVIEW_FILE: where verdicts go.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { names, nothing, nothingSeen, open, start, untilPlaying, verdict } from './browser.mjs';

const address = process.env.BATCHRUNNER_REVIEW;
const file = process.env.BATCHRUNNER_REVIEW_FILE;
let browser;
before(async () => { browser = await start(); });
after(() => browser?.close());

const visit = () => open(browser, address, { home: address });
const rows = async () => (await readFile(file, 'utf8')).trimEnd().split('\n').slice(1).map(line => line.split(',').slice(1, 5).join(','));
const written = (page, act) => Promise.all([page.waitForResponse(answer => answer.request().method() === 'POST'), act()]);

test('a verdict given in the browser is in the review file, and in the page when it is opened again', async () => {
  const { context, page, seen } = await visit();
  assert.equal(existsSync(file), false);
  assert.equal((await names(page)).length, 6);
  assert.equal(await page.locator('#export').isVisible(), false);
  assert.equal(await page.inputValue('#by'), 'Ada');
  await written(page, () => page.keyboard.press('a'));
  assert.deepEqual(await rows(), ['calm-m01,approved,,Ada']);
  await page.keyboard.press('ArrowRight');
  await written(page, () => page.keyboard.press('r'));
  await page.keyboard.press('n');
  await page.keyboard.type('+ the cup is a bowl');
  await written(page, () => page.keyboard.press('Escape'));
  assert.deepEqual(await rows(), ['calm-m01,approved,,Ada', "calm-m02,rejected,'+ the cup is a bowl,Ada"]);
  await page.keyboard.press('ArrowRight');
  await written(page, () => page.keyboard.press('a'));
  await written(page, () => page.keyboard.press('u'));
  assert.equal((await rows()).length, 2);

  await page.reload();

  assert.equal(await verdict(page, 'calm-m01'), 'approved');
  assert.equal(await verdict(page, 'calm-m02'), 'rejected');
  assert.equal(await verdict(page, 'calm-m03'), null);
  assert.equal(await page.textContent('.card .note'), '+ the cup is a bowl');
  assert.deepEqual(nothingSeen(seen), nothing);
  await context.close();
});

test('clips play and can be sought in', async () => {
  const { context, page, seen } = await visit();
  await page.keyboard.press('Space');
  await untilPlaying(page, 'calm-m01');
  const where = await page.evaluate(() => new Promise(done => {
    const video = document.querySelector('.card.current video');
    video.pause();
    video.addEventListener('seeked', () => done(video.currentTime), { once: true });
    video.currentTime = 1.5;
  }));
  assert.ok(Math.abs(where - 1.5) < 0.2, String(where));
  assert.deepEqual(nothingSeen(seen), nothing);
  await context.close();
});

test('what somebody wrote into the file meanwhile is kept and shown', async () => {
  const { context, page } = await visit();
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('calm-m01,approved,,Ada', 'calm-m01,rejected,by hand,Bo'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await written(page, () => page.keyboard.press('a'));
  await page.waitForFunction(() => document.getElementById('status').textContent.includes('both are kept'));
  assert.deepEqual(await rows(), ['calm-m01,rejected,by hand,Bo', "calm-m02,rejected,'+ the cup is a bowl,Ada", 'calm-m03,approved,,Ada']);
  assert.equal(await verdict(page, 'calm-m01'), 'rejected');

  await writeFile(file, 'key,decision\nabc,maybe\n');
  await written(page, () => page.keyboard.press('r'));
  await page.waitForFunction(() => document.getElementById('status').textContent.includes('was not saved'));
  assert.match(await page.textContent('#status'), /review\.csv:2: BR0991: `maybe` is no decision/);
  assert.equal(await readFile(file, 'utf8'), 'key,decision\nabc,maybe\n');
  await context.close();
});

test('a page of another site can neither read nor write here', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const before = await readFile(file, 'utf8');
  await page.goto('data:text/html,<title>another site</title>');
  const outcome = await page.evaluate(async ([url, body]) => {
    const said = [];
    for (const [path, options] of [['', {}], ['review', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }],
      ['review', { method: 'POST', body, mode: 'no-cors' }]]) {
      said.push(await fetch(url + path, options).then(answer => answer.type, () => 'refused'));
    }
    return said;
  }, [address, JSON.stringify({ key: 'a', task: '', decision: 'approved', note: '', by: '' })]);
  assert.deepEqual(outcome.slice(0, 2), ['refused', 'refused']);
  assert.ok(['opaque', 'refused'].includes(outcome[2]));
  assert.equal(await readFile(file, 'utf8'), before);
  await context.close();
});
