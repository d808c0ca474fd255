import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../../src/cli/pipeline/read-pipeline.js';
import { tempFolder } from '../../support/temp-folder.js';

/** What is wrong with a file of this text, each as `line:column path: message`. */
async function problemsOf(text: string): Promise<string[]> {
  const file = join(await tempFolder(), 'nightly.yaml');
  await writeFile(file, text);
  const read = readPipeline(file, (value) => value);
  return (read.ok ? [] : read.problems).map(
    ({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`,
  );
}

const HEAD = 'name: nightly\nphases:\n  - name: extract\n    tasks:\n';
const JOB = "job: { component: ex-db, config: '1' }";
const NESTED = '{ name: n, phases: [{ name: p, tasks: [';

describe('a pipeline file is refused before anything starts, with the place of what is wrong', () => {
  it.each(['', '# nothing yet\n', '---\n'])('for there is nothing in it: %j', async (text) => {
    const [problem, ...others] = await problemsOf(text);
    expect(problem).toContain('is empty; a pipeline has at least a name and phases');
    expect(others).toEqual([]);
  });

  it.each([
    [
      'an id that is there twice',
      `${HEAD}      - { id: a, ${JOB} }\n      - { id: a, ${JOB} }\n`,
      '6:11 phases.0.tasks.1.id: is taken already, by phases.0.tasks.0',
    ],
    ['an id that is none', `${HEAD}      - { id: 'a/b', ${JOB} }\n`, '5:11 phases.0.tasks.0.id: not a task id'],
    [
      'an id that is no text',
      `${HEAD}      - { id: 7, ${JOB} }\n`,
      '5:11 phases.0.tasks.0.id: expected a text, got a number; write it in quotes',
    ],
    [
      'a task to wait for, which no task can have',
      `${HEAD}      - { ${JOB}, dependsOn: [a] }\n`,
      '5:51 phases.0.tasks.0.dependsOn: unknown field',
    ],
    ['a reference to nothing', `${HEAD}      - *nowhere\n`, '5:9 : *nowhere refers to nothing'],
    [
      'a field that is misspelt',
      `${HEAD}      - { jobb: { component: ex-db, config: '1' } }\n`,
      '5:11 phases.0.tasks.0.jobb: unknown field. Did you mean "job"?',
    ],
    [
      'a misspelt field of a nested pipeline',
      `${HEAD}      - { pipeline: { name: n, phase: [] } }\n`,
      '5:32 phases.0.tasks.0.pipeline.phase: unknown field. Did you mean "phases"?',
    ],
    ['no phases', 'name: nightly\nphases: []\n', '2:1 phases: is empty'],
    ['a phase without tasks', `${HEAD}      []\n`, '4:5 phases.0.tasks: is empty'],
    ['tasks that are no list', `${HEAD}      a: { ${JOB} }\n`, '4:5 phases.0.tasks: expected a list, got an object'],
    [
      'a number for a text',
      `${HEAD}      - job: { component: ex-db, config: 1 }\n`,
      '5:34 phases.0.tasks.0.job.config: expected a text',
    ],
    [
      'two kinds in one task',
      `${HEAD}      - { ${JOB}, pipeline: ${NESTED}{ ${JOB} }] }] } }\n`,
      '5:9 phases.0.tasks.0: has job and pipeline',
    ],
    [
      'a file to include: itself',
      `${HEAD}      - { pipeline: nightly.yaml }\n`,
      '5:11 phases.0.tasks.0.pipeline: expected an object',
    ],
    [
      'a tag to include: itself',
      `${HEAD}      - { pipeline: !include nightly.yaml }\n`,
      '5:21 : the tag !include has no meaning here',
    ],
    [
      'a pipeline that is a part of itself',
      `&all\n${HEAD}      - { pipeline: *all }\n`,
      '6:21 : *all refers to something that contains it',
    ],
    ['a hundred million pipelines', `${HEAD}${pipelineBomb()}`, 'once all references are expanded'],
    [
      'ten thousand tasks and one',
      `${HEAD}${`      - { ${JOB} }\n`.repeat(10_001)}`,
      '1:1 : has 10001 tasks in all, at most 10000',
    ],
    [
      'eleven pipelines in each other',
      `${HEAD}      - { pipeline: ${NESTED}{ pipeline: `.repeat(1) +
        `${NESTED}{ pipeline: `.repeat(10) +
        `{} ${'}] }] }'.repeat(10)} }] }] } }\n`,
      'pipelines are nested deeper than 10 levels',
    ],
    [
      'a number that cannot be kept',
      `${HEAD}      - job: { component: ex-db, configData: { accountId: 23851234567890123 } }\n`,
      '5:59 : the number 23851234567890123 cannot be kept exactly; write it in quotes',
    ],
    ...['1e400', '1e-400', '.inf', '0.1234567890123456789012', '0x20000000000001', '0123', '- 1e400'].map(
      (number): [string, string, string] => [
        `a number that cannot be kept: ${number}`,
        `${HEAD}      - job: { component: ex-db, configData: { a: [${number.replace('- ', '-')}] } }\n`,
        `5:52 : the number ${number.replace('- ', '-')} cannot be kept exactly`,
      ],
    ),
    [
      'a number that cannot be kept, in JSON',
      '{"name":"x","phases":[{"name":"p","tasks":[{"action":{"component":"a","action":"b","configData":{"n":1e400}}}]}]}',
      '1:102 : the number 1e400 cannot be kept exactly',
    ],
    [
      'a timeout without a unit',
      `${HEAD}      - { ${JOB}, timeout: 90 }\n`,
      '5:51 phases.0.tasks.0.timeout: has no unit; write for example "90s", "90m" or "90ms"',
    ],
    [
      'a merge of what is no map',
      `x-a: &a 5\n${HEAD}      - { <<: *a, ${JOB} }\n`,
      '6:15 : << merges the fields of a map',
    ],
    ['a merge of nothing', `${HEAD}      - { <<: *a, ${JOB} }\n`, '5:15 : *a refers to nothing'],
    ['merges that explode', mergeBomb(), 'once all references are expanded'],
    ['a switch that is none', `${HEAD}      - { ${JOB}, enabled: 'no' }\n`, '5:51 phases.0.tasks.0.enabled: '],
    [
      'an unknown field of a task that is switched off',
      `${HEAD}      - { enabled: false, ${JOB}, retrry: 1 }\n`,
      'phases.0.tasks.0.retrry: unknown field',
    ],
    ['bytes that are no text', 'name: \u0000\u0001\nphases: []\n', 'phases: is empty'],
  ])('%s', async (_, text, problem) => {
    expect((await problemsOf(text)).join('\n')).toContain(problem);
  });

  it('all of it at once, in each phase and below', async () => {
    const problems = await problemsOf(
      `${HEAD}      - { id: a, ${JOB} }
      - { id: a, job: { component: ex-db, config: 2 } }
      - { id: c }
  - { name: empty, tasks: [] }
  - name: nested
    tasks:
      - pipeline: { name: inner, phases: [{ name: p, tasks: [{ id: '/', storage: {} }] }], maxParallel: 0 }
`,
    );
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(
      ['6:11', '6:43', '7:9', '8:20', '11:64', '11:73', '11:73', '11:92'].sort(),
    );
  });

  it('a file of 100 MB, of which it reads no more than a pipeline may have', async () => {
    const file = join(await tempFolder(), 'huge.yaml');
    await writeFile(file, '');
    await truncate(file, 100_000_000);
    expect(() => readPipeline(file, (value) => value)).toThrow('is larger than 1048576 bytes');
  });
});

describe('a pipeline file is taken', () => {
  /** The tasks of the first phase of a file of this text. */
  async function tasksOf(text: string): Promise<unknown> {
    const file = join(await tempFolder(), 'nightly.yaml');
    await writeFile(file, text);
    const read = readPipeline(file, (value) => value);
    return read.ok ? read.pipeline.phases[0]?.tasks : read.problems;
  }
  const job = { component: 'ex-db', config: '1' };

  it('with a map that is merged into another one, whose own fields win', async () => {
    const text = `${HEAD}      - &often { id: a, ${JOB}, timeout: 2h }\n      - <<: *often\n        id: b\n`;
    expect(await tasksOf(text)).toEqual([
      { id: 'a', job, timeout: '2h' },
      { id: 'b', job, timeout: '2h' },
    ]);
    const two = `x-a: &a { timeout: 2h }\nx-b: &b { ${JOB} }\n${HEAD}      - { <<: [*a, *b], timeout: 1h }\n`;
    expect(await tasksOf(two)).toEqual([{ job, timeout: '1h' }]);
  });

  it('with names on top, in fields that begin with x-', async () => {
    const text = `x-retry: &often { attempts: 3, on: [application] }\n${HEAD}      - { ${JOB}, retry: *often }\n`;
    expect(await tasksOf(text)).toEqual([{ job, retry: { attempts: 3, on: ['application'] } }]);
  });

  it('with tasks and phases that are switched off, which may be half written', async () => {
    const off = "{ id: b, enabled: false, job: { component: ex-db, config: '' } }";
    const phase = `  - { name: later, enabled: false, tasks: [{ pipeline: {} }, { id: c }] }\n`;
    const text = `${HEAD}      - { ${JOB} }\n      - ${off}\n${phase}`;
    expect(await tasksOf(text)).toEqual([
      { job },
      { id: 'b', enabled: false, job: { component: 'ex-db', config: '' } },
    ]);
  });

  it('with a byte order mark, and with numbers that are what they say', async () => {
    const numbers = '{ a: [0.1, 1.10, 1e3, 1.0, -7, 0x1F, 0o17, 9007199254740991], 23851234567890123: b }';
    const text = `\uFEFF${HEAD}      - job: { component: ex-db, configData: ${numbers} }\n`;
    const file = join(await tempFolder(), 'nightly.yaml');
    await writeFile(file, text);
    const read = readPipeline(file, (value) => value);
    const configData = { a: [0.1, 1.1, 1000, 1, -7, 31, 15, 9007199254740991], '23851234567890123': 'b' };
    expect(read).toMatchObject({ ok: true, pipeline: { phases: [{ tasks: [{ job: { configData } }] }] } });
  });
});

/** Seven levels, each of a map with ten fields that merge the level below. */
function mergeBomb(): string {
  const levels = Array.from({ length: 7 }, (_, at) => {
    const fields = Array.from({ length: 10 }, (_field, field) => `f${field}: { <<: *m${at} }`).join(', ');
    return `x-${at + 1}: &m${at + 1} { ${fields} }\n`;
  });
  return `x-0: &m0 { a: 1 }\n${levels.join('')}${HEAD}      - { ${JOB} }\n`;
}

/** Eight levels, each of ten pipelines that hold ten of the level below. */
function pipelineBomb(): string {
  const levels = Array.from({ length: 8 }, (_, at) => {
    return `      - &p${at + 1} { pipeline: ${NESTED}${`*p${at}, `.repeat(10)}] }] } }\n`;
  });
  return [`      - &p0 { ${JOB} }\n`, ...levels].join('');
}
