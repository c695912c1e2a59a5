// schemas/events.schema.json against a validator that knows nothing of BatchRunner: every line the program prints with --json
// in the transcripts, which its own specs hold it to.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const schema = JSON.parse(readFileSync(join(root, 'schemas', 'events.schema.json'), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, strict: true });
addFormats(ajv);
const validate = ajv.compile(schema);

function* transcripts(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* transcripts(join(folder, entry.name));
    else yield [entry.name, readFileSync(join(folder, entry.name), 'utf8')];
  }
}

// Standard output only: a line of standard error begins with an exclamation mark.
const events = [];
for (const [name, text] of transcripts(join(root, 'tests', 'BatchRunner.Cli.Tests', 'Cases'))) {
  let command = 'run';
  for (const line of text.slice(text.indexOf('=== said')).split('\n')) {
    command = /^\$ batchrunner (\w+)/.exec(line)?.[1] ?? command;
    if (line.startsWith('{"type":') && (command === 'run' || line.startsWith('{"type":"diagnostic"'))) {
      events.push([name, JSON.parse(line)]);
    }
  }
}

test('every event of every transcript is as the schema says', () => {
  for (const [name, event] of events) {
    assert.ok(validate(event), `${name}: ${JSON.stringify(event)}\n${ajv.errorsText(validate.errors)}`);
  }
});

test('every event, and all news of a job, stand in a transcript', () => {
  assert.deepEqual(new Set(events.map(([, event]) => event.type)), new Set(Object.keys(schema.$defs)));
  assert.deepEqual(new Set(events.map(([, event]) => event.news).filter(Boolean)), new Set(schema.$defs.job.properties.news.enum));
});

test('another event, and one that lacks a member, are refused', () => {
  const started = events.find(([, event]) => event.type === 'started')[1];
  assert.ok(validate(started));
  assert.ok(!validate({ ...started, type: 'begun' }));
  assert.ok(!validate({ ...started, spent: undefined }));
  assert.ok(!validate({ ...started, surprise: 1 }));
  assert.ok(!validate({ ...started, done: -1 }));
});

test('every member tells a reader what it means', () => {
  const silent = Object.entries(schema.$defs).flatMap(([name, event]) =>
    Object.entries(event.properties).filter(([, member]) => !member.description).map(([member]) => `${name}.${member}`));
  assert.deepEqual(silent, []);
});
