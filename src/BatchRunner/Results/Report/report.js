'use strict';
// Everything from a manifest, a CSV or a server enters the page as text (textContent), never as markup.
const batch = JSON.parse(document.getElementById('batch').textContent);
const jobs = batch.jobs;
const $ = id => document.getElementById(id);
const isServed = batch.token !== null;
const isSimulated = batch.against === 'simulator';
const state = { view: 'grid', current: 0, selected: null, filters: {}, text: '', verdicts: new Map(), shown: [] };

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) element.append(child);
  return element;
}

const number = (value, digits = 0) => value === null || value === undefined ? '–'
  : Number(value).toLocaleString('en', { maximumFractionDigits: digits });
const dollars = credits => '$' + (credits / 100).toFixed(2);
const address = file => file.split('/').map(encodeURIComponent).join('/');
const isVideo = file => /\.(mp4|mov|webm)$/i.test(file);
const isImage = file => /\.(png|jpe?g|webp)$/i.test(file);
const isSound = file => /\.(mp3|wav|ogg)$/i.test(file);
const axisValue = (job, axis) => axis === 'template' ? job.template : axis === 'take' ? String(job.take) : job.axes[axis];
// What became of a clip that the manifest asks for no more; null: it does.
const fate = job => !job.orphaned ? null : jobs.some(other => !other.orphaned && other.job === job.job) ? 'replaced' : 'its row is gone';
const verdictOf = job => state.verdicts.get(job.key) || {};

function say(text) {
  $('status').textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { $('status').textContent = ''; }, 4000);
}

// --- verdicts: kept by `review` when it serves the page, else in this browser until exported ----------------------

const memory = 'batchrunner-review:' + batch.folderId;
const same = (a, b) => (a?.decision || '') === (b?.decision || '') && (a?.note || '') === (b?.note || '');

// What this browser remembers: each with what the review file said when it was given. Where the file says something else
// by now, the file is newer. A verdict is of a take: of one task's clip.
let remembered = new Map();

function remember() {
  try { localStorage.setItem(memory, JSON.stringify([...remembered.values()])); } catch { /* private mode: export still works */ }
}

function loadVerdicts() {
  for (const verdict of batch.review) state.verdicts.set(verdict.key, verdict);
  try {
    $('by').value = batch.by || localStorage.getItem('batchrunner-by') || '';
    if (isServed) return;
    for (const kept of JSON.parse(localStorage.getItem(memory) || '[]')) {
      const job = jobs.find(j => j.key === kept.key && j.taskId === kept.task);
      if (!job || !same(kept.before, verdictOf(job))) continue;
      remembered.set(kept.key, kept);
    }
    for (const kept of remembered.values()) keep(kept);
  } catch { say('earlier verdicts could not be read'); }
}

function keep(verdict) {
  if (verdict.decision || verdict.note) state.verdicts.set(verdict.key, verdict); else state.verdicts.delete(verdict.key);
}

async function decide(job, change) {
  if (job.status !== 'done') { say('only finished clips can be judged'); return; }
  const before = verdictOf(job);
  const verdict = { key: job.key, task: job.taskId || '', job: job.job, decision: before.decision || '', note: before.note || '', ...change, by: $('by').value.trim() };
  if (isServed) {
    const answer = await save(verdict);
    if (!answer) return;
    if (answer.merged) {
      state.verdicts = new Map(answer.review.map(one => [one.key, one]));
      jobs.forEach(refreshCard);
      say('saved; the review file had been changed meanwhile, and both are kept');
      return;
    }
  } else {
    const first = remembered.get(job.key)?.before || { decision: before.decision || '', note: before.note || '' };
    remembered.set(job.key, { ...verdict, before: first });
    remember();
  }
  keep(verdict);
  refreshCard(job);
}

// The verdict in the review file, or null after saying why not.
async function save(verdict) {
  const answer = await fetch('review', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Review-Token': batch.token }, body: JSON.stringify(verdict),
  }).catch(() => null);
  if (!answer) { say('the verdict was not saved: is `review` still running?'); return null; }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  say('the verdict was not saved: ' + (told.problem || 'status ' + answer.status));
  return null;
}

// The same bytes as the review file has, with the same guard against formulas as in results.csv.
function reviewCsv() {
  const guard = text => /^'*[\s\u0085\ufeff\u200b\u2060]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u208c\u207a\u208a\ufb29\u2a75\u2a76]/.test(text) ? "'" + text : text;
  const cell = text => /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  const seen = new Set();
  const lines = ['key,job,decision,note,by,task'];
  for (const job of jobs) {
    const verdict = state.verdicts.get(job.key);
    if (!verdict || seen.has(job.key)) continue;
    seen.add(job.key);
    lines.push([job.key, job.job, verdict.decision || '', verdict.note || '', verdict.by || '', job.taskId || ''].map(text => cell(guard(text))).join(','));
  }
  return lines;
}

function exportReview() {
  const lines = reviewCsv();
  const link = make('a', { href: URL.createObjectURL(new Blob([lines.join('\n') + '\n'], { type: 'text/csv' })),
    download: batch.name + (isSimulated ? '.simulated' : '') + '.review.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say((lines.length - 1) + (lines.length === 2 ? ' verdict' : ' verdicts') + ' exported: put the file beside the manifest');
}
