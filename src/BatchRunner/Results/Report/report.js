'use strict';
// Everything from a manifest, a CSV or a server enters the page as text (textContent), never as markup.
const batch = JSON.parse(document.getElementById('batch').textContent);
const jobs = batch.jobs;
const $ = id => document.getElementById(id);
const served = location.protocol !== 'file:';
const state = { view: 'grid', current: 0, filters: {}, text: '', verdicts: new Map(), shown: [] };

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
const files = job => (job.file ? job.file.split(';') : []);
const address = file => file.split('/').map(encodeURIComponent).join('/');
const isVideo = file => /\.(mp4|mov|webm)$/i.test(file);
const isImage = file => /\.(png|jpe?g|webp)$/i.test(file);
const axisValue = (job, axis) => axis === 'template' ? job.template : axis === 'take' ? String(job.take) : job.axes[axis];
const verdictOf = job => state.verdicts.get(job.key) || {};

function say(text) {
  $('status').textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { $('status').textContent = ''; }, 2500);
}

// --- verdicts: kept by the review server when it serves the page, else in this browser until exported -------------

const memory = 'batchrunner-review:' + batch.folderId;

async function loadVerdicts() {
  for (const verdict of batch.review) state.verdicts.set(verdict.key, verdict);
  if (served) return;
  try {
    for (const verdict of JSON.parse(localStorage.getItem(memory) || '[]')) state.verdicts.set(verdict.key, verdict);
  } catch { say('earlier verdicts could not be read'); }
}

async function decide(job, change) {
  if (job.status !== 'done') { say('only finished clips can be judged'); return; }
  const verdict = { key: job.key, job: job.job, decision: '', note: '', by: '', ...verdictOf(job), ...change };
  if (served) {
    const answer = await fetch('review', {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Review-Token': batch.token || '' },
      body: JSON.stringify(verdict),
    }).catch(() => null);
    if (!answer || !answer.ok) { say('the verdict was not saved: is `review` still running?'); return; }
  }
  if (verdict.decision || verdict.note) state.verdicts.set(job.key, verdict); else state.verdicts.delete(job.key);
  if (!served) {
    try { localStorage.setItem(memory, JSON.stringify([...state.verdicts.values()])); } catch { /* private mode: export still works */ }
  }
  refreshCard(job);
}

// The same columns as <name>.review.csv; a guard against formulas as in results.csv.
function exportReview() {
  const guard = text => /^\s*[=+\-@\t\r\n]/.test(text.normalize('NFKC')) ? "'" + text : text;
  const cell = text => /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  const lines = ['key,job,decision,note,by'];
  for (const job of jobs) {
    const verdict = state.verdicts.get(job.key);
    if (verdict) lines.push([job.key, job.job, verdict.decision, verdict.note || '', verdict.by || ''].map(v => cell(guard(v))).join(','));
  }
  const link = make('a', { href: URL.createObjectURL(new Blob([lines.join('\n') + '\n'], { type: 'text/csv' })), download: batch.name + '.review.csv' });
  link.click();
  URL.revokeObjectURL(link.href);
  say((lines.length - 1) + ' verdicts exported');
}

// --- clips --------------------------------------------------------------------------------------------------------

// A clip loads when it comes near the window and lets go of its memory when it leaves: 500 stay smooth.
const near = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const video = entry.target;
    if (entry.isIntersecting && !video.src) { video.src = video.dataset.src; video.preload = 'metadata'; }
    else if (!entry.isIntersecting && video.src && video.paused) { video.removeAttribute('src'); video.load(); }
  }
}, { rootMargin: '300px' });

function media(job) {
  const file = files(job)[0];
  if (file && isVideo(file)) {
    const video = make('video', { muted: true, loop: true, playsinline: true, preload: 'none', 'data-src': address(file) + '#t=0.001' });
    video.muted = true;
    near.observe(video);
    return video;
  }
  if (file && isImage(file)) return make('img', { src: address(file), alt: '', loading: 'lazy' });
  return make('span', { class: 'none' }, job.failure || job.nextStep || job.status);
}

function toggle(frame) {
  const video = frame.querySelector('video');
  if (!video) return;
  if (!video.src) video.src = video.dataset.src;
  if (video.paused) video.play().catch(() => say('this browser can’t play the clip')); else video.pause();
}

function frame(job) {
  const box = make('div', { class: 'frame', onclick: event => { select(job); toggle(event.currentTarget); } }, media(job),
    job.status !== 'done' ? make('span', { class: 'badge' }, job.status) : null, job.take > 1 ? make('span', { class: 'badge right' }, 'take ' + job.take) : null);
  box.addEventListener('mouseenter', () => { const v = box.querySelector('video'); if (v && v.paused) toggle(box); });
  box.addEventListener('mouseleave', () => { const v = box.querySelector('video'); if (v) v.pause(); });
  return box;
}

function judge(job) {
  const verdict = verdictOf(job).decision;
  const press = decision => () => { select(job); decide(job, { decision: verdictOf(job).decision === decision ? '' : decision }); };
  return make('div', { class: 'verdict' },
    make('button', { class: 'yes', 'aria-pressed': String(verdict === 'approved'), onclick: press('approved') }, 'Approve'),
    make('button', { class: 'no', 'aria-pressed': String(verdict === 'rejected'), onclick: press('rejected') }, 'Reject'),
    make('button', { onclick: () => { select(job); details(job); } }, 'Details'));
}

function card(job) {
  const verdict = verdictOf(job);
  return make('article', { class: 'card', 'data-key': job.key, 'data-verdict': verdict.decision || null, tabindex: '-1' },
    frame(job),
    make('div', { class: 'about' },
      make('strong', {}, job.job),
      job.prompt ? make('span', { class: 'prompt', title: job.prompt }, job.prompt) : null,
      verdict.note ? make('span', { class: 'note' }, verdict.note) : null,
      judge(job)));
}

function refreshCard(job) {
  for (const old of document.querySelectorAll('[data-key="' + job.key + '"]')) {
    const fresh = card(job);
    if (old.classList.contains('current')) fresh.classList.add('current');
    const playing = old.querySelector('.frame');
    fresh.querySelector('.frame').replaceWith(playing);
    old.replaceWith(fresh);
  }
}

function select(job) {
  const index = state.shown.indexOf(job);
  if (index >= 0) state.current = index;
  for (const old of document.querySelectorAll('.card.current')) old.classList.remove('current');
  const element = document.querySelector('main section:not([hidden]) [data-key="' + job.key + '"]');
  if (element) { element.classList.add('current'); element.scrollIntoView({ block: 'nearest' }); }
}

function details(job) {
  const rows = [
    ['status', job.status + (job.orphaned ? ' (its row is gone)' : '')], ['prompt', job.prompt], ['template', job.template],
    ...batch.axes.map(axis => [axis.name, job.axes[axis.name]]), ['take', job.take], ['model', job.model], ['ratio', job.ratio],
    ['duration', job.duration && job.duration + ' s'], ['seed', job.seed],
    ['cost', job.cost !== null ? number(job.cost) + ' credits' : job.estimated !== null ? 'up to ' + number(job.estimated) + ' credits' : null],
    ['task', job.taskId], ['attempts', job.attempts || null], ['queued', job.queued !== null ? number(job.queued, 1) + ' s' : null],
    ['ran', job.running !== null ? number(job.running, 1) + ' s' : null], ['file', files(job).join('\n')],
    ['size', job.bytes ? number(job.bytes) + ' bytes' : null], ['sha256', job.sha256], ['failure', job.failure],
    ['failure code', job.failureCode], ['what to do', job.nextStep], ['key', job.key],
  ];
  const note = make('textarea', { 'aria-label': 'Note', placeholder: 'Note' });
  note.value = verdictOf(job).note || '';
  const dialog = $('details');
  dialog.replaceChildren(make('h2', {}, job.job),
    make('dl', {}, rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))])),
    note,
    make('form', { method: 'dialog' }, make('button', { onclick: () => { if (note.value !== (verdictOf(job).note || '')) decide(job, { note: note.value }); } }, 'Close')));
  if (!dialog.open) dialog.showModal();
  return note;
}

// --- filters ------------------------------------------------------------------------------------------------------

const axes = () => [...(batch.templates.length > 1 ? [{ name: 'template', labels: batch.templates }] : []),
  ...batch.axes.filter(axis => axis.labels.length > 1)];

function matching() {
  const text = state.text.toLowerCase();
  return jobs.filter(job =>
    Object.entries(state.filters).every(([name, value]) => !value
      || (name === 'status' ? job.status === value
        : name === 'verdict' ? (verdictOf(job).decision || 'none') === value
        : axisValue(job, name) === value))
    && (!text || (job.job + ' ' + (job.prompt || '')).toLowerCase().includes(text)));
}

function drawFilters() {
  const choice = (name, values) => make('select', { 'aria-label': name, 'data-filter': name, onchange: event => { state.filters[name] = event.target.value; draw(); } },
    make('option', { value: '' }, name + ': all'), values.map(value => make('option', { value }, value)));
  $('filters').replaceChildren(
    ...axes().map(axis => choice(axis.name, axis.labels)),
    choice('status', [...new Set(jobs.map(job => job.status))]),
    choice('verdict', ['approved', 'rejected', 'none']),
    make('input', { id: 'search', type: 'search', placeholder: 'Search', 'aria-label': 'Search', oninput: event => { state.text = event.target.value; draw(); } }));
}
