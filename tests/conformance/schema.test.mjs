// schemas/manifest.schema.json against a JSON Schema validator that knows nothing of BatchRunner, as an editor would use it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const schema = JSON.parse(readFileSync(join(root, 'schemas', 'manifest.schema.json'), 'utf8'));
const ajv = new (schema.$schema?.includes('2020-12') ? Ajv2020 : Ajv)({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(schema);
const accepts = yaml => validate(parse(yaml, { version: '1.2' }));
const told = () => ajv.errorsText(validate.errors, { separator: '\n' });

function* manifests(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) { if (name !== 'out') yield* manifests(path); }
    else if (/\.ya?ml$/.test(name) && /^version:/m.test(readFileSync(path, 'utf8'))) yield path;
  }
}

// The expansion's batches are case files: prose, then each embedded file behind a line `--- path`.
function* embedded(folder) {
  for (const name of readdirSync(folder)) {
    for (const part of readFileSync(join(folder, name), 'utf8').split(/^--- /m).slice(1)) {
      const end = part.indexOf('\n');
      if (/\.ya?ml$/.test(part.slice(0, end).trim())) yield [`${name}: ${part.slice(0, end).trim()}`, part.slice(end + 1).split(/^=== /m)[0]];
    }
  }
}

const batches = [
  ...[...manifests(join(root, 'examples'))].map(path => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
  ...embedded(join(root, 'tests', 'BatchRunner.Tests', 'Expansion', 'Batches')),
];

test('there is something to accept', () => assert.ok(batches.length >= 8, `${batches.length} manifests`));

for (const [name, yaml] of batches) {
  test(`accepts ${name}`, () => assert.ok(accepts(yaml), told()));
}

test('every example names the schema in its first line, where an editor finds it', () => {
  for (const path of manifests(join(root, 'examples'))) {
    const named = /^# yaml-language-server: \$schema=(\S+)/.exec(readFileSync(path, 'utf8'))?.[1];
    assert.ok(named && existsSync(join(dirname(path), named)), path);
  }
});

const good = `
version: 1
templates: { a: "{{ row.scene }}" }
variables: { row: rows.csv }
image: hero.png
request: { model: gen4_turbo, ratio: "1280:720", duration: 5 }
`;

test('accepts the manifest that the wrong ones differ from', () => assert.ok(accepts(good), told()));

// Mistakes about shape: each differs from the good manifest in one place.
const wrong = {
  'a key nobody knows': good + 'modle: gen4_turbo\n',
  'a reserved word': good + 'steps: { a: { request: { model: gen4.5 } } }\n',
  'a reserved word in the matrix': good + 'matrix: { include: [ { row: a } ] }\n',
  'another version': good.replace('version: 1', 'version: 2'),
  'no version': good.replace('version: 1', 'name: x'),
  'a version that is text': good.replace('version: 1', 'version: one'),
  'unquoted braces': good.replace('"1280:720"', '{{ row.ratio }}'),
  'a variable with a taken name': good.replace('row: rows.csv', 'row: rows.csv, date: dates.csv'),
  'a constant with a taken name': good + 'constants: { template: x }\n',
  'a template that is a list': good.replace('"{{ row.scene }}"', '[ a, b ]'),
  'a template with text and file': good.replace('"{{ row.scene }}"', '{ text: a, file: b.txt }'),
  'a template with an unknown key': good.replace('"{{ row.scene }}"', '{ txt: a }'),
  'a source with an unknown key': good.replace('rows.csv', '{ file: rows.csv, delimitor: ";" }'),
  'a source with file and files': good.replace('rows.csv', '{ file: rows.csv, files: "*.csv" }'),
  'a source with a reserved word': good.replace('rows.csv', '{ file: rows.csv, sheet: Q4 }'),
  'a delimiter nobody writes': good.replace('rows.csv', '{ file: rows.csv, delimiter: "::" }'),
  'skip_rows below zero': good.replace('rows.csv', '{ file: rows.csv, skip_rows: -1 }'),
  'where that is a list': good + 'matrix: { where: [ a ] }\n',
  'exclude that is a map': good + 'matrix: { exclude: { row: a } }\n',
  'zip that is text': good + 'matrix: { zip: row }\n',
  'takes that is a list': good + 'takes: [ 1 ]\n',
  'dedupe with another word': good + 'dedupe: maybe\n',
  'a limit nobody knows': good + 'limits: { max_credit: 5 }\n',
  'a limit of the wrong type': good + 'limits: { max_credits: plenty }\n',
  'a duration without a unit': good + 'limits: { poll_interval: 5 }\n',
  'a duration with an unknown unit': good + 'limits: { poll_interval: 5 parsecs }\n',
  'a limit below its range': good + 'limits: { downloads: 0 }\n',
  'screening with an unknown list': good + 'screening: { forbid: [ a ] }\n',
  'extends that is a map': good + 'extends: { file: a.yaml }\n',
  'request that is a list': good.replace(/request: .*/, 'request: [ gen4_turbo ]'),
};

for (const [mistake, yaml] of Object.entries(wrong)) {
  test(`rejects ${mistake}`, () => assert.ok(!accepts(yaml), 'the schema takes it'));
}

test('every key tells an editor what it means', () => {
  const silent = [];
  const walk = (node, path) => {
    for (const [key, value] of Object.entries(node.properties ?? {})) {
      if (value !== false && value !== true && !value.description && !value.$ref && !value.not) silent.push(`${path}/${key}`);
      if (value && typeof value === 'object') walk(value, `${path}/${key}`);
    }
  };
  walk(schema, '');
  for (const [name, definition] of Object.entries(schema.$defs ?? schema.definitions ?? {})) walk(definition, `#${name}`);
  assert.deepEqual(silent, []);
});
