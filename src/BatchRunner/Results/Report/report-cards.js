// --- clips --------------------------------------------------------------------------------------------------------

// A clip is loaded while it is near the window and let go of when it leaves, playing or not: 500 stay smooth.
// What only passes by, for somebody scrolls fast, is not loaded at all.
const passing = 120;
const arriving = new WeakMap();
const near = new IntersectionObserver(entries => {
  for (const { target: video, isIntersecting } of entries) {
    clearTimeout(arriving.get(video));
    if (isIntersecting) arriving.set(video, setTimeout(() => arrive(video), passing));
    else unload(video);
  }
}, { rootMargin: '300px' });

function arrive(video) {
  if (!video.poster) load(video);
  if (state.view === 'compare' && compare.isPlaying) play(video, true);
}

function load(video) {
  if (!video.src) { video.src = video.dataset.src; video.preload = 'metadata'; }
}

function unload(video) {
  delete video.dataset.pinned;
  if (!video.src) return;
  video.pause();
  video.removeAttribute('src');
  video.load();
}

// Pinned: somebody pressed play, so it goes on when the pointer leaves.
function play(video, pinned) {
  load(video);
  if (pinned) video.dataset.pinned = '';
  video.play().catch(error => { if (error.name !== 'AbortError') say('this browser can’t play the clip'); });
}

function stop(video) {
  delete video.dataset.pinned;
  video.pause();
}

function toggle(frame) {
  const video = frame.querySelector('video');
  if (!video) return;
  if (video.dataset.pinned === undefined) play(video, true); else stop(video);
}

function media(job) {
  const file = job.files[0]?.path;
  const poster = job.poster ? address(job.poster) : null;
  if (file && isVideo(file)) {
    const video = make('video', { muted: true, loop: true, playsinline: true, preload: 'none', poster, 'data-src': address(file) + (poster ? '' : '#t=0.001') });
    video.muted = true;
    near.observe(video);
    return video;
  }
  if (file && isImage(file)) return make('img', { src: poster || address(file), alt: '', loading: 'lazy' });
  if (file && isSound(file)) return make('audio', { src: address(file), controls: true, preload: 'none' });
  return make('span', { class: 'none' }, job.failure || job.nextStep || (file ? 'no preview of this kind of file' : job.status));
}

function frame(job) {
  const box = make('div', { class: 'frame', onclick: event => { select(job); toggle(event.currentTarget); } }, media(job),
    job.status !== 'done' || job.orphaned ? make('span', { class: 'badge' }, [job.status !== 'done' ? job.status : null, fate(job)].filter(Boolean).join(', ')) : null, job.take > 1 ? make('span', { class: 'badge right' }, 'take ' + job.take) : null);
  const hover = act => () => { const video = box.querySelector('video'); if (video && video.dataset.pinned === undefined) act(video); };
  box.addEventListener('mouseenter', hover(video => play(video, false)));
  box.addEventListener('mouseleave', hover(video => video.pause()));
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
      job.status === 'done' ? judge(job)
        : make('div', { class: 'verdict' }, make('button', { onclick: () => { select(job); details(job); } }, 'Details'))));
}

// The picture stays: a clip goes on playing while it is judged.
function refreshCard(job) {
  for (const old of document.querySelectorAll('[data-key="' + job.key + '"]')) {
    const verdict = verdictOf(job);
    if (verdict.decision) old.dataset.verdict = verdict.decision; else delete old.dataset.verdict;
    old.querySelector('.note')?.remove();
    const buttons = old.querySelector('.verdict');
    if (verdict.note) buttons.before(make('span', { class: 'note' }, verdict.note));
    if (job.status === 'done') buttons.replaceWith(judge(job));
  }
}

const cardOf = job => document.querySelector('main section:not([hidden]) [data-key="' + job.key + '"]');

function select(job, scroll = true) {
  const index = state.shown.indexOf(job);
  if (index >= 0) state.current = index;
  state.selected = job;
  for (const old of document.querySelectorAll('.card.current')) old.classList.remove('current');
  const element = cardOf(job);
  if (!element) return;
  element.classList.add('current');
  if (scroll) element.scrollIntoView({ block: 'nearest' });
}

function details(job) {
  const rows = [
    ['status', job.status + (job.orphaned ? ' (' + fate(job) + ')' : '')], ['prompt', job.prompt], ['template', job.template],
    ...batch.axes.map(axis => [axis.name, job.axes[axis.name]]), ['take', job.take], ['model', job.model], ['ratio', job.ratio],
    ['duration', job.duration && job.duration + ' s'], ['seed', job.seed],
    ['cost', (job.cost !== null ? number(job.cost) + ' credits' : job.estimated !== null ? 'up to ' + number(job.estimated) + ' credits' : '–')
      + (isSimulated ? ', simulated' : '')],
    ['task', job.taskId], ['attempts', job.attempts || null], ['queued', job.queued !== null ? number(job.queued, 1) + ' s' : null],
    ['ran', job.running !== null ? number(job.running, 1) + ' s' : null], ['file', job.files.map(file => file.path).join('\n')],
    ['size', job.files.length ? number(job.files.reduce((sum, file) => sum + file.bytes, 0)) + ' bytes' : null],
    ['sha256', job.files.map(file => file.sha256).join('\n')], ['failure', job.failure],
    ['failure code', job.failureCode], ['what to do', job.nextStep], ['judged by', verdictOf(job).by], ['key', job.key],
  ];
  const note = make('textarea', { 'aria-label': 'Note', placeholder: 'Note', maxlength: '4000' });
  note.value = verdictOf(job).note || '';
  const dialog = $('details');
  dialog.replaceChildren(make('h2', {}, job.job),
    make('dl', {}, rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))])),
    job.status === 'done' ? note : null, make('form', { method: 'dialog' }, make('button', {}, 'Close')));
  // However it is closed, by button, escape or another key: what was written is kept.
  dialog.onclose = () => { const text = note.value.trim(); if (job.status === 'done' && text !== (verdictOf(job).note || '')) decide(job, { note: text }); };
  if (!dialog.open) dialog.showModal();
  return note;
}

// --- filters ------------------------------------------------------------------------------------------------------

const axes = () => [...(batch.templates.length > 1 ? [{ name: 'template', labels: batch.templates }] : []),
  ...batch.axes.filter(axis => axis.labels.length > 1),
  ...(jobs.some(job => job.take > 1) ? [{ name: 'take', labels: [...new Set(jobs.map(job => job.take))].sort((a, b) => a - b).map(String) }] : [])];

function matching() {
  const text = state.text.toLowerCase();
  return jobs.filter(job =>
    Object.entries(state.filters).every(([name, value]) => !value
      || (name === 'status' ? job.status === value
        : name === 'verdict' ? (verdictOf(job).decision || 'none') === value
        : axisValue(job, name.slice(5)) === value))
    && (!text || (job.job + ' ' + (job.prompt || '') + ' ' + (verdictOf(job).note || '')).toLowerCase().includes(text)));
}

// An axis may be called `status` too, so axes have names of their own here.
function drawFilters() {
  const choice = (filter, name, values) => make('select', { 'aria-label': name, 'data-filter': filter, onchange: event => { state.filters[filter] = event.target.value; draw(); } },
    make('option', { value: '' }, name + ': all'), values.map(value => make('option', { value }, value)));
  $('filters').replaceChildren(
    make('input', { id: 'search', type: 'search', placeholder: 'Search', 'aria-label': 'Search', oninput: event => { state.text = event.target.value; draw(); } }),
    ...axes().map(axis => choice('axis:' + axis.name, axis.name, axis.labels)),
    choice('status', 'status', [...new Set(jobs.map(job => job.status))]),
    choice('verdict', 'verdict', ['approved', 'rejected', 'none']));
}

const nothing = () => make('p', { class: 'quiet empty' }, 'No clip matches. ',
  make('button', { onclick: () => { state.filters = {}; state.text = ''; drawFilters(); draw(); } }, 'Show all ' + jobs.length));
