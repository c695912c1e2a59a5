// --- views --------------------------------------------------------------------------------------------------------

function table(heads, rows) {
  const numeric = heads.map(head => head.startsWith('#'));
  return make('div', { class: 'sheet' }, make('table', {},
    make('thead', {}, make('tr', {}, heads.map((head, i) => make('th', numeric[i] ? { class: 'number' } : {}, head.replace(/^#/, ''))))),
    make('tbody', {}, rows.map(row => make('tr', {}, row.map((value, i) =>
      value instanceof Node ? make('td', {}, value) : make('td', numeric[i] ? { class: 'number' } : {}, String(value))))))));
}

// Clips of earlier plans are there to be looked at, but nothing is wanted of them any more.
function howFar(list) {
  const asked = list.filter(job => !job.orphaned);
  return asked.filter(job => job.status === 'done').length + ' of ' + asked.length + ' done'
    + (asked.length < list.length ? ', ' + (list.length - asked.length) + ' earlier' : '');
}

function drawGrid(found) {
  const groups = new Map();
  for (const job of found) groups.set(job.template || '', [...(groups.get(job.template || '') || []), job]);
  $('grid').replaceChildren(...(found.length === 0 ? [nothing()] : [...groups].map(([template, list]) => make('section', { class: 'group' },
    make('h2', {}, template || batch.name, make('small', {}, howFar(list))),
    make('div', { class: 'cards' }, list.map(card))))));
  state.shown = [...groups.values()].flat();
}

const compare = { axis: null, left: null, right: null, isPlaying: false };

function playAll(button) {
  compare.isPlaying = !compare.isPlaying;
  button.textContent = compare.isPlaying ? 'Pause all' : 'Play all';
  // Those far off begin when they come near.
  for (const video of document.querySelectorAll('#compare video')) {
    if (!compare.isPlaying) stop(video);
    else if (video.getBoundingClientRect().bottom > 0 && video.getBoundingClientRect().top < innerHeight) play(video, true);
  }
}

function drawCompare(found) {
  const choices = axes();
  if (choices.length === 0) { $('compare').replaceChildren(make('p', { class: 'quiet' }, 'There is only one arm: nothing to compare.')); state.shown = []; return; }
  const axis = choices.find(a => a.name === compare.axis) || choices[0];
  compare.axis = axis.name;
  compare.isPlaying = false;
  if (!axis.labels.includes(compare.left)) compare.left = axis.labels[0];
  if (!axis.labels.includes(compare.right)) compare.right = axis.labels[1];
  const pick = (values, value, name, change) => make('select', { 'aria-label': name, onchange: event => { change(event.target.value); draw(); } },
    values.map(v => make('option', { value: v, selected: v === value }, v)));
  const others = job => JSON.stringify([axis.name === 'template' ? '' : job.template, batch.axes.map(a => a.name === axis.name ? '' : job.axes[a.name]), axis.name === 'take' ? 0 : job.take]);
  const right = new Map(found.filter(job => axisValue(job, axis.name) === compare.right).map(job => [others(job), job]));
  const pairs = found.filter(job => axisValue(job, axis.name) === compare.left).map(job => [job, right.get(others(job))]).filter(pair => pair[1]);
  const title = job => [...(axis.name === 'template' || !job.template ? [] : [job.template]),
    ...batch.axes.filter(a => a.name !== axis.name).map(a => job.axes[a.name]), ...(job.take > 1 && axis.name !== 'take' ? ['take ' + job.take] : [])].join(' · ');
  $('compare').replaceChildren(
    make('div', { class: 'bar' }, pick(choices.map(a => a.name), axis.name, 'axis', v => { compare.axis = v; compare.left = compare.right = null; }),
      pick(axis.labels, compare.left, 'left arm', v => { compare.left = v; }), 'beside',
      pick(axis.labels, compare.right, 'right arm', v => { compare.right = v; }),
      make('button', { onclick: event => playAll(event.target) }, 'Play all'),
      make('span', { class: 'quiet' }, pairs.length + (pairs.length === 1 ? ' pair' : ' pairs'))),
    ...(found.length === 0 ? [nothing()] : pairs.length === 0 ? [make('p', { class: 'quiet empty' }, 'What is shown has no two clips that differ in this alone.')]
      : pairs.map(([a, b]) => make('div', { class: 'pair' }, make('h3', {}, title(a)), card(a), card(b)))));
  state.shown = pairs.flat();
}

function drawProblems() {
  const bad = jobs.filter(job => !['done', 'planned', 'running'].includes(job.status) || (job.status === 'running' && job.failure));
  $('problems').replaceChildren(bad.length === 0 ? make('p', { class: 'quiet' }, 'No problems: nothing failed and nothing is unknown.')
    : table(['job', 'state', 'what happened', 'what to do', '#credits'], bad.map(job => [
      make('button', { onclick: () => details(job) }, job.job), make('span', { class: job.status }, job.status),
      [job.failure, job.failureCode && '(' + job.failureCode + ')'].filter(Boolean).join(' '), job.nextStep || '',
      job.cost !== null ? number(job.cost) : job.status === 'unknown' ? 'up to ' + number(job.estimated) : '–'])));
}

function drawCosts() {
  const sum = list => {
    const cost = list.reduce((total, job) => total + (job.cost || 0), 0);
    return [list.length, list.filter(job => job.status === 'done').length, number(cost), dollars(cost),
      number(list.filter(job => job.cost === null).reduce((total, job) => total + (job.estimated || 0), 0))];
  };
  const heads = ['', '#jobs', '#done', '#credits', '#dollars', '#still estimated'];
  const by = (name, labels) => [make('h2', {}, 'by ' + name),
    table(heads, labels.map(label => [label, ...sum(jobs.filter(job => axisValue(job, name) === label))]))];
  $('costs').replaceChildren(
    isSimulated ? make('p', { class: 'quiet' }, 'Simulated: nothing was paid. This is what Runway would have charged.') : '',
    make('h2', {}, 'all'), table(heads, [['all jobs', ...sum(jobs)]]),
    ...axes().filter(axis => axis.labels.length <= 60).flatMap(axis => by(axis.name, axis.labels)));
}

// --- timeline: which slot held which task -------------------------------------------------------------------------

// A task is seen to run, and to have ended, some seconds late, when it is next asked for. So one that begins that little
// before another was seen to end has its slot, and it held the slot since that one ended or since it was submitted.
const seenLate = 10000;

function slotsOf(jobs) {
  const times = jobs.filter(job => job.submittedAt && job.endedAt)
    .map(job => ({ job, from: Date.parse(job.submittedAt), to: Date.parse(job.endedAt) }))
    .map(t => ({ ...t, seen: t.job.queued === null ? t.to : Math.min(t.to, t.from + 1000 * t.job.queued) })).sort((a, b) => a.seen - b.seen);
  const slots = [];
  for (const t of times) {
    let slot = -1;
    for (let i = 0; i < slots.length; i++) if (slots[i] <= t.seen + seenLate && (slot < 0 || slots[i] < slots[slot])) slot = i;
    if (slot < 0) slot = slots.push(0) - 1;
    t.held = Math.min(t.seen, Math.max(t.from, slots[slot]));
    t.seen = Math.max(t.seen, Math.min(slots[slot], t.to));
    t.held = Math.max(t.held, Math.min(slots[slot], t.to));
    slots[slot] = t.to;
    t.slot = slot;
  }
  return { times, count: slots.length };
}

function drawTimeline() {
  const { times, count } = slotsOf(jobs);
  if (times.length === 0) { $('timeline').replaceChildren(make('p', { class: 'quiet' }, 'No task has finished yet.')); return; }
  const first = Math.min(...times.map(t => t.from)), last = Math.max(...times.map(t => t.to), first + 1);
  const width = 1000, height = 18, x = time => 30 + (time - first) / (last - first) * (width - 40);
  const svg = (tag, attributes, text) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const picture = svg('svg', { viewBox: '0 0 ' + width + ' ' + (count * height + 30), role: 'img', 'aria-label': 'which slot held which task' });
  for (const t of times) {
    const bar = (kind, from, to) => svg('rect', { class: kind, x: x(from), y: t.slot * height + 2, rx: 2, width: Math.max(1.5, x(to) - x(from) - 1), height: height - 4 });
    const both = svg('g', {});
    both.append(bar('held', t.held, t.to), bar(t.job.status === 'done' ? 'ran' : 'lost', t.seen, t.to),
      svg('title', {}, t.job.job + ': held a slot for ' + number((t.to - t.held) / 1000) + ' s, seen running for ' + number((t.to - t.seen) / 1000) + ' s'));
    picture.append(both);
  }
  for (let slot = 0; slot < count; slot++) picture.append(svg('text', { x: 4, y: slot * height + 13 }, String(slot + 1)));
  for (let i = 0; i <= 4; i++) {
    const time = first + (last - first) * i / 4;
    picture.append(svg('text', { x: x(time), y: count * height + 20, 'text-anchor': i === 0 ? 'start' : i === 4 ? 'end' : 'middle' },
      number((time - first) / 1000) + ' s'));
  }
  const busy = times.reduce((total, t) => total + t.to - t.held, 0) / ((last - first) * count);
  $('timeline').replaceChildren(make('h2', {}, count + (count === 1 ? ' slot, ' : ' slots, ') + number(100 * busy) + ' % busy'),
    make('p', { class: 'quiet' }, 'From the first task submitted to the last one ended. A bar is one task in its slot; its dark part is where it was seen running.'),
    make('div', { class: 'lanes' }, picture));
}

// --- the page -----------------------------------------------------------------------------------------------------

const views = { grid: drawGrid, compare: drawCompare, problems: drawProblems, costs: drawCosts, timeline: drawTimeline };

function draw() {
  near.disconnect();
  document.querySelectorAll('main video').forEach(unload);
  const found = matching();
  for (const section of document.querySelectorAll('main > section')) {
    section.hidden = section.id !== state.view;
    if (section.hidden) section.replaceChildren();
  }
  for (const tab of document.querySelectorAll('[role=tab]')) tab.setAttribute('aria-selected', String(tab.dataset.view === state.view));
  $('filters').hidden = !['grid', 'compare'].includes(state.view);
  if ($('filters').hidden) state.shown = [];
  views[state.view](found);
  // What was looked at stays chosen, if it is still shown.
  state.current = Math.max(0, state.shown.indexOf(state.selected));
  if (state.shown.length) select(state.shown[state.current], false);
}

function drawHeader() {
  $('name').textContent = batch.name;
  $('description').textContent = [batch.description, isSimulated ? 'simulated: nothing was paid' : batch.against].filter(Boolean).join(' · ');
  const asked = jobs.filter(job => !job.orphaned);
  const count = status => asked.filter(job => job.status === status).length;
  const spent = jobs.reduce((total, job) => total + (job.cost || 0), 0);
  const kind = isSimulated ? 'simulated ' : '';
  const entries = [['jobs', asked.length], ['done', count('done')],
    ...['running', 'planned', 'failed', 'unknown', 'cancelled', 'screened'].map(status => [status, count(status)]).filter(([, n]) => n > 0),
    ...(asked.length < jobs.length ? [['earlier', jobs.length - asked.length]] : []), [kind + 'credits', number(spent)], [kind + 'cost', dollars(spent)]];
  $('totals').replaceChildren(...entries.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', { class: name }, String(value)))));
}

document.addEventListener('keydown', event => {
  if (event.target.closest('input, textarea, select, dialog') || event.ctrlKey || event.metaKey || event.altKey) return;
  // On a button these two press it.
  if (event.target.closest('button') && (event.key === ' ' || event.key === 'Enter')) return;
  const job = state.shown[state.current];
  const step = by => { if (state.shown.length) select(state.shown[Math.max(0, Math.min(state.shown.length - 1, state.current + by))]); };
  const acts = {
    ArrowRight: () => step(1), j: () => step(1), ArrowLeft: () => step(-1), k: () => step(-1),
    ' ': () => { const f = cardOf(job)?.querySelector('.frame'); if (f) toggle(f); },
    a: () => decide(job, { decision: 'approved' }), r: () => decide(job, { decision: 'rejected' }), u: () => decide(job, { decision: '' }),
    n: () => details(job).focus(), Enter: () => details(job), '?': () => $('keys').showModal(),
    '/': () => { if ($('filters').hidden) { state.view = 'grid'; draw(); } $('search').focus(); },
  };
  const view = Object.keys(views)[Number(event.key) - 1];
  if (view) { state.view = view; draw(); event.preventDefault(); return; }
  if (Object.hasOwn(acts, event.key) && (job || '/?'.includes(event.key))) { acts[event.key](); event.preventDefault(); }
});

for (const tab of document.querySelectorAll('[role=tab]')) tab.addEventListener('click', () => { state.view = tab.dataset.view; draw(); });
$('export').addEventListener('click', exportReview);
$('export').hidden = isServed;
$('help').addEventListener('click', () => $('keys').showModal());
$('by').addEventListener('change', () => { try { localStorage.setItem('batchrunner-by', $('by').value.trim()); } catch { /* private mode */ } });
loadVerdicts();
drawHeader();
drawFilters();
draw();
