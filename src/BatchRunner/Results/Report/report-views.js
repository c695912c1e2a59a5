// --- views --------------------------------------------------------------------------------------------------------

function table(heads, rows) {
  const numeric = heads.map(head => head.startsWith('#'));
  return make('table', {},
    make('thead', {}, make('tr', {}, heads.map((head, i) => make('th', numeric[i] ? { class: 'number' } : {}, head.replace(/^#/, ''))))),
    make('tbody', {}, rows.map(row => make('tr', {}, row.map((value, i) =>
      value instanceof Node ? make('td', {}, value) : make('td', numeric[i] ? { class: 'number' } : {}, String(value)))))));
}

function drawGrid(found) {
  const groups = Map.groupBy ? Map.groupBy(found, job => job.template || '') : found.reduce((map, job) => {
    const key = job.template || '';
    return map.set(key, [...(map.get(key) || []), job]);
  }, new Map());
  $('grid').replaceChildren(...[...groups].map(([template, list]) => make('section', { class: 'group' },
    make('h2', {}, template || batch.name, make('small', {}, list.filter(job => job.status === 'done').length + ' of ' + list.length + ' done')),
    make('div', { class: 'cards' }, list.map(card)))));
  state.shown = [...groups.values()].flat();
}

const compare = { axis: null, left: null, right: null };

function drawCompare(found) {
  const choices = axes();
  if (choices.length === 0) { $('compare').replaceChildren(make('p', { class: 'quiet' }, 'There is only one arm: nothing to compare.')); return; }
  const axis = choices.find(a => a.name === compare.axis) || choices[0];
  compare.axis = axis.name;
  if (!axis.labels.includes(compare.left)) compare.left = axis.labels[0];
  if (!axis.labels.includes(compare.right)) compare.right = axis.labels[1];
  const pick = (values, value, name, change) => make('select', { 'aria-label': name, onchange: event => { change(event.target.value); draw(); } },
    values.map(v => make('option', { value: v, selected: v === value }, v)));
  const others = job => JSON.stringify([axis.name === 'template' ? '' : job.template, batch.axes.map(a => a.name === axis.name ? '' : job.axes[a.name]), job.take]);
  const right = new Map(found.filter(job => axisValue(job, axis.name) === compare.right).map(job => [others(job), job]));
  const pairs = found.filter(job => axisValue(job, axis.name) === compare.left).map(job => [job, right.get(others(job))]).filter(pair => pair[1]);
  const title = job => [...(axis.name === 'template' || !job.template ? [] : [job.template]),
    ...batch.axes.filter(a => a.name !== axis.name).map(a => job.axes[a.name]), ...(job.take > 1 ? ['take ' + job.take] : [])].join(' · ');
  $('compare').replaceChildren(
    make('div', { class: 'bar' }, pick(choices.map(a => a.name), axis.name, 'axis', v => { compare.axis = v; compare.left = compare.right = null; }),
      pick(axis.labels, compare.left, 'left arm', v => { compare.left = v; }), 'beside',
      pick(axis.labels, compare.right, 'right arm', v => { compare.right = v; }),
      make('button', { onclick: () => { for (const f of document.querySelectorAll('#compare .frame')) toggle(f); } }, 'Play all'),
      make('span', { class: 'quiet' }, pairs.length + ' pairs')),
    ...pairs.map(([a, b]) => make('div', { class: 'pair' }, make('h3', {}, title(a)), card(a), card(b))));
  state.shown = pairs.flat();
}

function drawProblems() {
  const bad = jobs.filter(job => !['done', 'planned', 'running'].includes(job.status));
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
  $('costs').replaceChildren(make('h2', {}, 'all'), table(heads, [['all jobs', ...sum(jobs)]]),
    ...axes().filter(axis => axis.labels.length <= 60).flatMap(axis => by(axis.name, axis.labels)));
}

// When each task ran, packed into as few lanes as it needed: as busy as the slots were.
function drawTimeline() {
  const times = jobs.filter(job => job.submittedAt && job.finishedAt)
    .map(job => ({ job, from: Date.parse(job.submittedAt), to: Date.parse(job.finishedAt) - 1000 * (job.download || 0) }))
    .map(t => ({ ...t, start: Math.min(t.to, t.from + 1000 * (t.job.queued || 0)) })).sort((a, b) => a.start - b.start);
  if (times.length === 0) { $('timeline').replaceChildren(make('p', { class: 'quiet' }, 'No task has finished yet.')); return; }
  const first = Math.min(...times.map(t => t.from)), last = Math.max(...times.map(t => t.to), first + 1);
  const lanes = [];
  for (const t of times) {
    let lane = lanes.findIndex(end => end <= t.start);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = t.to;
    t.lane = lane;
  }
  const width = 1000, height = 16, x = time => 30 + (time - first) / (last - first) * (width - 40);
  const svg = (tag, attributes, text) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const picture = svg('svg', { viewBox: '0 0 ' + width + ' ' + (lanes.length * height + 30), role: 'img', 'aria-label': 'when each task ran' });
  for (const t of times) {
    const bar = svg('rect', { class: t.job.status === 'done' ? 'ran' : 'lost', x: x(t.start), y: t.lane * height + 2, rx: 3,
      width: Math.max(1.5, x(t.to) - x(t.start) - 1), height: height - 4 });
    bar.append(svg('title', {}, t.job.job + ': queued ' + number(t.job.queued, 1) + ' s, ran ' + number((t.to - t.start) / 1000, 1) + ' s'));
    picture.append(bar);
  }
  lanes.forEach((_, lane) => picture.append(svg('text', { x: 4, y: lane * height + 13 }, String(lane + 1))));
  for (let i = 0; i <= 4; i++) {
    const time = first + (last - first) * i / 4;
    picture.append(svg('text', { x: x(time), y: lanes.length * height + 20, 'text-anchor': i === 0 ? 'start' : i === 4 ? 'end' : 'middle' },
      number((time - first) / 1000, 1) + ' s'));
  }
  const busy = times.reduce((total, t) => total + t.to - t.start, 0) / ((last - first) * lanes.length);
  $('timeline').replaceChildren(make('h2', {}, lanes.length + ' slots, ' + number(100 * busy) + ' % busy'),
    make('p', { class: 'quiet' }, 'From the first task submitted to the last one finished at Runway. Each bar is one task while it ran.'),
    make('div', { class: 'lanes' }, picture));
}

function draw() {
  near.disconnect();
  const found = matching();
  for (const section of document.querySelectorAll('main > section')) section.hidden = section.id !== state.view;
  for (const tab of document.querySelectorAll('[role=tab]')) tab.setAttribute('aria-selected', String(tab.dataset.view === state.view));
  ({ grid: drawGrid, compare: drawCompare, problems: drawProblems, costs: drawCosts, timeline: drawTimeline })[state.view](found);
  state.current = Math.min(state.current, Math.max(0, state.shown.length - 1));
}

function drawHeader() {
  $('name').textContent = batch.name;
  $('description').textContent = [batch.description, batch.against].filter(Boolean).join(' · ');
  const count = status => jobs.filter(job => job.status === status).length;
  const spent = jobs.reduce((total, job) => total + (job.cost || 0), 0);
  const entries = [['jobs', jobs.length], ['done', count('done')],
    ...['running', 'planned', 'failed', 'unknown', 'cancelled', 'screened'].map(status => [status, count(status)]).filter(([, n]) => n > 0),
    ['credits', number(spent)], ['dollars', dollars(spent)]];
  $('totals').replaceChildren(...entries.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', { class: name }, String(value)))));
}

const views = ['grid', 'compare', 'problems', 'costs', 'timeline'];

document.addEventListener('keydown', event => {
  if (event.target.closest('input, textarea, select, dialog') || event.ctrlKey || event.metaKey || event.altKey) return;
  const job = state.shown[state.current];
  const step = by => { if (state.shown.length) select(state.shown[Math.max(0, Math.min(state.shown.length - 1, state.current + by))]); };
  const acts = {
    ArrowRight: () => step(1), j: () => step(1), ArrowLeft: () => step(-1), k: () => step(-1),
    ' ': () => { const f = document.querySelector('.card.current .frame'); if (f) toggle(f); },
    a: () => decide(job, { decision: 'approved' }), r: () => decide(job, { decision: 'rejected' }), u: () => decide(job, { decision: '' }),
    n: () => details(job).focus(), Enter: () => details(job), '/': () => $('search').focus(), '?': () => $('keys').showModal(),
  };
  const view = views[Number(event.key) - 1];
  if (view) { state.view = view; draw(); event.preventDefault(); return; }
  if (acts[event.key] && (job || '/?'.includes(event.key))) { acts[event.key](); event.preventDefault(); }
});

for (const tab of document.querySelectorAll('[role=tab]')) tab.addEventListener('click', () => { state.view = tab.dataset.view; draw(); });
$('export').addEventListener('click', exportReview);
$('help').addEventListener('click', () => $('keys').showModal());
if (served) $('export').hidden = true;
loadVerdicts().then(() => { drawHeader(); drawFilters(); draw(); });
