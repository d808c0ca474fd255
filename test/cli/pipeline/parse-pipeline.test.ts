import { describe, expect, it } from 'vitest';
import { parsePipeline, type Place } from '../../../src/cli/pipeline/parse-pipeline.js';

const YAML = `# nightly
name: nightly
phases:
  - name: extract
    tasks:
      - id: a
        job: { component: ex-db, config: '1', "a.b": { c: 1 } }
      - pipeline:
          name: inner
`;

function placeIn(text: string, path: string): Place | undefined {
  const parsed = parsePipeline(text);
  return parsed.ok ? parsed.placeOf(path) : undefined;
}

describe('the place of a path', () => {
  it.each([
    ['', 2, 1],
    ['phases.0.name', 4, 5],
    ['phases.0.tasks.0.id', 6, 9],
    ['phases.0.tasks.1', 8, 9],
    ['phases.0.tasks.1.pipeline.name', 9, 11],
    ['phases.0.tasks.0.job.a.b.c', 7, 56],
    ['phases.0.tasks.1.pipeline.phases', 8, 9],
    ['phases.7.tasks', 3, 1],
  ])('in YAML: %s is at %d:%d', (path, line, column) => {
    expect(placeIn(YAML, path)).toEqual({ line, column });
  });

  it('in JSON, too', () => {
    expect(placeIn('{\n  "name": "x",\n  "phases": [\n    { "name": 1 }]\n}', 'phases.0.name')).toEqual({
      line: 4,
      column: 7,
    });
  });
});

describe('a text that is none', () => {
  it.each([
    ['a bracket that is not closed', '{ "name": "x",\n  "phases": [', 2],
    ['a key that is there twice', 'name: a\nname: b\n', 2],
    ['two documents', 'name: a\n---\nname: b\n', 2],
    ['a tab for a space', 'name: x\nphases:\n\t- a\n', 3],
    ['a tag that nobody knows', 'name: !secret x\n', 1],
  ])('is told with its place: %s', (_, text, line) => {
    const parsed = parsePipeline(text);
    expect(parsed.ok ? [] : parsed.problems[0]?.place?.line).toBe(line);
  });

  it.each([
    ['aliases that explode', explosion()],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['a chain of a thousand references', chain(1_000)],
    ['a hundred thousand mistakes', '}'.repeat(100_000)],
  ])('does no harm: %s', (_, text) => {
    expect(parsePipeline(text).ok).toBe(false);
  });
});

describe('a mistake in a file', () => {
  it.each([
    ['name: a\n---\nname: b\n', 2, 'another document begins here, and a file has one'],
    ['? [a]\n: b\n', 1, 'the name of a field has to be a text; write it in quotes'],
    ['name: a\nname: b\n', 2, 'this field is there twice'],
    ['a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n', 5, 'merge several maps with one, as <<: [*one, *other]'],
    ['name: !secret x\n', 1, 'the tag !secret has no meaning here'],
    ['name: a: b\n', 1, 'write a text that has one in quotes'],
    ['name: @a\n', 1, 'a text cannot begin like this; write it in quotes'],
    ['name: !!binary aGVsbG8=\n', 1, 'the tag !!binary makes no JSON; write the text itself'],
    ['name: x\nphases: !!set {a}\n', 2, 'the tag !!set makes no JSON; write a plain map or list'],
    ['name: !!timestamp 2026-01-01\n', 1, 'the tag !!timestamp makes no JSON'],
  ])('is told in words for its author: %j', (text, line, words) => {
    const parsed = parsePipeline(text);
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      { message: expect.stringContaining(words) as string, place: expect.objectContaining({ line }) as unknown },
    ]);
  });

  it('is no tag that says what JSON has anyway', () => {
    expect(parsePipeline('a: !!str 1\nb: !!map {x: !!int "2"}\n')).toMatchObject({ value: { a: '1', b: { x: 2 } } });
  });
});

describe('a text that no reader could follow', () => {
  it.each([
    ['lists that begin', '['.repeat(5_000), 1],
    ['lists that end', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 1],
    ['maps in one line', `name: x\nphases: ${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`, 2],
    ['lists of lists by dashes', `name: x\nphases:\n${'- '.repeat(5_000)}a\n`, 3],
    ['keys that are keys', `${'? '.repeat(5_000)}a\n`, 1],
    ['steps to the right', Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'), 200],
  ])('is told as that, with its place: %s', (_, text, line) => {
    const parsed = parsePipeline(text);
    expect(parsed.ok ? [] : parsed.problems).toHaveLength(1);
    expect(parsed.ok ? undefined : parsed.problems[0]).toMatchObject({
      message: 'is nested too deep, more than 200 levels',
      place: { line },
    });
  });

  it('is none for brackets in texts and comments, nor for what is as deep as can be', () => {
    const brackets = '['.repeat(5_000);
    expect(parsePipeline(`# ${brackets}\na: "${brackets}"\nb: |\n  ${brackets}\n`).ok).toBe(true);
    expect(parsePipeline(`a: ${'{a: '.repeat(150)}1${'}'.repeat(150)}`).ok).toBe(true);
  });
});

it('knows anchors, which save an author from saying things twice', () => {
  const parsed = parsePipeline('a: &it { x: 1 }\nb: *it\n');
  expect(parsed).toMatchObject({ ok: true, value: { a: { x: 1 }, b: { x: 1 } } });
});

it('lets hundreds of tasks refer to one rule', () => {
  const tasks = Array.from({ length: 500 }, () => '  - { retry: *rule }');
  const parsed = parsePipeline(['rule: &rule { attempts: 2 }', 'tasks:', ...tasks].join('\n'));
  expect(parsed.ok && (parsed.value as { tasks: unknown[] }).tasks).toHaveLength(500);
});

describe('a reference that cannot be written out', () => {
  it.each([
    ['to nothing', 'a: 1\nb: *nowhere\n', 2, 4, '*nowhere refers to nothing'],
    ['to what comes later', 'a: *b\nb: &b 1\n', 1, 4, '*b refers to nothing'],
    ['to what it is a part of', 'a: &a\n  - b\n  - *a\n', 3, 5, '*a refers to something that contains it'],
    ['to far too much', explosion(), 8, 10, 'references are expanded'],
    ['that is one of too many', `a: &a 1\nb: [${'*a,'.repeat(10_001)}]`, 2, 30_005, 'at most 10000 are allowed'],
  ])('is told with its place: %s', (_, text, line, column, why) => {
    const parsed = parsePipeline(text);
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      { message: expect.stringContaining(why) as string, place: { line, column } },
    ]);
  });

  it('is told beside all others', () => {
    const parsed = parsePipeline('a: *x\nb: *y\n');
    expect(parsed.ok ? [] : parsed.problems).toHaveLength(2);
  });
});

it('reads what looks like a date, a sexagesimal or a yes as plain text', () => {
  expect(parsePipeline('a: 2024-01-01\nb: 12:30:00\nc: yes')).toMatchObject({
    value: { a: '2024-01-01', b: '12:30:00', c: 'yes' },
  });
});

/** Nine levels of ten references each: a billion. */
function explosion(): string {
  const levels = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(10)}]`);
  return ['a0: &a0 x', ...levels].join('\n');
}

/** Flat as it is written. */
function chain(links: number): string {
  const next = Array.from({ length: links }, (_, at) => `- &a${at + 1} [*a${at}]`);
  return ['- &a0 x', ...next].join('\n');
}
