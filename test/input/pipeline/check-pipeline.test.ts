import { describe, expect, it } from 'vitest';
import { checkPipelineInput } from '../../../src/input/pipeline/check-pipeline.js';

const job = { component: 'keboola.ex-http', config: 'success' };
const table = 'in.c-main.a';
const action = { component: 'keboola.ex-db-mysql', action: 'testConnection' };

/** A pipeline of one phase. */
function of(...tasks: unknown[]): Record<string, unknown> {
  return { name: 'nightly', phases: [{ name: 'extract', tasks }] };
}

function nested(levels: number): Record<string, unknown> {
  return levels === 1 ? of({ job }) : of({ pipeline: nested(levels - 1) });
}

/** The problems of an input as `path: message`. */
function problemsOf(input: unknown): string[] {
  const check = checkPipelineInput(input);
  return check.ok ? [] : check.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a pipeline is accepted', () => {
  it.each([
    ['with the least that it needs', of({ job })],
    ['with all that a task may have', of({ id: 'a', job, continueOnFailure: true, timeout: '2h' })],
    ['with a retry rule', of({ job, retry: { attempts: 3, on: ['application', 'unknown', 'terminated'] } })],
    ['with an action', of({ action }, { action: { ...action, attempts: 3 }, continueOnFailure: true })],
    ['with a call', of({ asyncAction: { method: 'DELETE', path: '/gooddata-writer/v2/main/projects/7' } })],
    ['with a half written task that is switched off', of({ job }, { enabled: false, job: { component: 7 } })],
    ['with an empty pipeline that is switched off', of({ job }, { id: 'a', enabled: false, pipeline: { phases: 5 } })],
    ['with nothing but tasks that are switched off', of({ enabled: false })],
    ['with a pipeline in it', of({ pipeline: of({ job }) }, { job })],
    ['with pipelines in it down to the tenth level', nested(10)],
    ['with a limit and a run to belong to', { ...of({ job }), maxParallel: 500, parentRunId: '1.2' }],
    ['with as many tasks as it may have', of(...Array.from({ length: 10_000 }, () => ({ job })))],
  ])('%s', (_, input) => {
    expect(problemsOf(input)).toEqual([]);
  });
});

describe('a pipeline is refused, with the place', () => {
  it.each([
    ['that is none', 'pipeline', ': expected a JSON object, got a string'],
    ['without phases', { name: 'x', phases: [] }, 'phases: is empty; a pipeline has at least one phase'],
    ['with an empty phase', of(), 'phases.0.tasks: is empty; a phase has at least one task'],
    [
      'with a task of two kinds',
      of({ job, pipeline: of({ job }) }),
      'phases.0.tasks.0: has job and pipeline, but a task can have only one',
    ],
    ['with a task of no kind', of({ id: 'a' }), 'phases.0.tasks.0: names nothing to run'],
    [
      'with two tasks of one id',
      of({ id: 'a', job }, { id: 'a', job }),
      'phases.0.tasks.1.id: is taken already, by pha',
    ],
    ['with an id that is no id', of({ id: 'a/b', job }), 'phases.0.tasks.0.id: not a task id'],
    ['with an id of 65 letters', of({ id: 'a'.repeat(65), job }), 'phases.0.tasks.0.id: not a task id'],
    ['with an action of nothing', of({ action: {} }), 'phases.0.tasks.0.action.component: is missing'],
    [
      'with an action that makes a job',
      of({ action: { ...action, action: 'run' } }),
      'action.action: is not a synchronous',
    ],
    [
      'with an action that has a parent',
      of({ action: { ...action, parentRunId: '1' } }),
      'parentRunId: is given by the',
    ],
    [
      'with an action that holds a secret',
      of({ action: { ...action, configData: { '#password': 'plain' } } }),
      'phases.0.tasks.0.action.configData.#password: is a secret in plain text',
    ],
    [
      'with a call of another host',
      of({ asyncAction: { method: 'POST', path: 'https://a.example/b' } }),
      'phases.0.tasks.0.asyncAction.path: names a host',
    ],
    [
      'with a call by GET that has a body',
      of({ asyncAction: { method: 'GET', path: '/provisioning/async/docker', body: {} } }),
      'phases.0.tasks.0.asyncAction.body: cannot be given with GET',
    ],
    [
      'with a call that has a parent',
      of({ asyncAction: { method: 'POST', path: '/gooddata-writer/v2/main/load-data', parentRunId: '1' } }),
      'asyncAction.parentRunId: is given by the pipe',
    ],
    [
      'with a call of Storage that nobody knows',
      of({ storage: { method: 'POST', path: 'tables/a/b' } }),
      'phases.0.tasks.0.storage.path: POST tables/a/b is not an asynchronous call that this version knows',
    ],
    [
      'with an import of broken CSV',
      of({ import: { table, source: { csv: 'a\n"1' } } }),
      'phases.0.tasks.0.import.source.csv: line 2: a value is enclosed and never ends',
    ],
    [
      'with an import of nothing',
      of({ import: { table, source: {} } }),
      'import.source: say exactly one of csv, file, url',
    ],
    [
      'with an import of two sources',
      of({ import: { table, source: { csv: 'a', url: 'https://a.example/b' } } }),
      'phases.0.tasks.0.import.source: say exactly one of',
    ],
    ['with an import of no address', of({ import: { table, source: { url: 'a.csv' } } }), 'import.source.url: '],
    ['with an import of no id', of({ import: { table, source: { fileId: 'a.csv' } } }), 'import.source.fileId: '],
    [
      'with an import from outside',
      of({ import: { table, source: { file: '../a' } } }),
      'import.source.file: not a path',
    ],
    ['with an export to two places', of({ export: { table, to: { file: 'a', storage: true } } }), 'export.to: '],
    ['with an export to nowhere', of({ export: { table, to: {} } }), 'export.to: '],
    ['with an export to outside', of({ export: { table, to: { file: '/a.csv' } } }), 'export.to.file: not a path'],
    [
      'with an export of no table',
      of({ export: { table: 'a' } }),
      'phases.0.tasks.0.export.table: not the id of a table',
    ],
    [
      'with a field of an import',
      of({ incremental: true, import: { table: 'in.c-a.b', source: { fileId: '1' } } }),
      'phases.0.tasks.0.incremental: unknown field: it belongs to "import"',
    ],
    [
      'with an empty text that can be left out',
      of({ job: { component: 'a', config: '' } }),
      'job.config: is an empty text; give one, or leave it out',
    ],
    [
      'with a name of two lines',
      { name: 'p\u001b[1A', phases: [{ name: 'one\ntwo', tasks: [{ job }] }] },
      'phases.0.name: has a line end, or another character that cannot be seen',
    ],
    ['with a field that nobody knows', of({ job, retries: 2 }), 'phases.0.tasks.0.retries: unknown field'],
    [
      'with the field of a task on a phase',
      { name: 'p', phases: [{ name: 'one', tasks: [{ job }], continueOnFailure: true }] },
      'phases.0.continueOnFailure: unknown field: it belongs to a task',
    ],
    [
      'with the fields of a job on a task',
      of({ id: 'one', component: 'a', config: '1' }),
      'phases.0.tasks.0.component: unknown field: it belongs to "job" or "action"',
    ],
    [
      'with a field of several on a task',
      of({ name: 'one', job }),
      'phases.0.tasks.0.name: unknown field: it belongs to a pipeline or a phase',
    ],
    [
      'with a wrong type',
      of({ job, continueOnFailure: 'yes' }),
      'phases.0.tasks.0.continueOnFailure: expected true or false, got a text',
    ],
    ['with a timeout that is none', of({ job, timeout: '5' }), 'phases.0.tasks.0.timeout: not a duration'],
    ['with a job that names nothing', of({ job: { component: 'a' } }), 'phases.0.tasks.0.job.config: names nothing'],
    [
      'with a job that has a parent',
      of({ job: { ...job, parentRunId: '1' } }),
      'job.parentRunId: is given by the pipe',
    ],
    [
      'with a wrong job deep inside',
      of({ pipeline: of({ job: 1 }) }),
      'phases.0.tasks.0.pipeline.phases.0.tasks.0.job',
    ],
    [
      'with a retry of a pipeline',
      of({ pipeline: of({ job }), retry: { attempts: 2, on: ['unknown'] } }),
      '0.retry: is',
    ],
    ['with a retry of mistakes', of({ job, retry: { attempts: 2, on: ['user'] } }), 'on.0: a user error is never'],
    [
      'with a retry that is endless',
      of({ job, retry: { attempts: 11, on: ['unknown'] } }),
      'retry.attempts: is too large; at most 10',
    ],
    [
      'with a limit over the open children',
      { ...of({ job }), maxParallel: 501 },
      'maxParallel: is too large; at most 500',
    ],
    [
      'with too many tasks',
      of(...Array.from({ length: 10_001 }, () => ({ job }))),
      ': has 10001 tasks in all, at most',
    ],
    ['nested too deep', nested(11), 'pipeline.: pipelines are nested deeper than 10 levels'],
    [
      'that names a file instead of a pipeline',
      of({ pipeline: 'itself.yaml' }),
      'phases.0.tasks.0.pipeline: expected an object',
    ],
    [
      'with a secret in plain text',
      of({ job: { ...job, configData: { '#key': 'x' } } }),
      'job.configData.#key: is a sec',
    ],
    ['over a MiB', of({ job: { ...job, configData: { x: 'x'.repeat(1024 * 1024) } } }), ': the input is 1048'],
  ])('%s', (_, input, problem) => {
    expect(problemsOf(input).join('\n')).toContain(problem);
  });

  it('with no advice that would be refused', () => {
    const text = problemsOf({ name: '', phases: [{ name: '', tasks: [] }] }).join('\n');
    expect(text).not.toContain('leave it out');
  });

  it('with a field whose name has dots, and that belongs nowhere', () => {
    expect(problemsOf(of({ job, 'a.tasks': 1 }))).toEqual(['phases.0.tasks.0.a.tasks: unknown field']);
  });

  it('that holds itself', () => {
    const pipeline = of({ job });
    (pipeline['phases'] as unknown[]).push({ name: 'again', tasks: [{ pipeline }] });
    expect(problemsOf(pipeline)).toEqual([': cannot be written as JSON (a cycle, a BigInt)']);
  });

  it('all of it at once', () => {
    const input = of({ id: 'a', job: { component: '', nonsense: 1 } }, { id: 'a', storage: {}, job }, {});
    expect(problemsOf({ ...input, maxParallel: 0 }).length).toBeGreaterThanOrEqual(7);
  });

  it('telling of a token, wherever it is', () => {
    const token = '1134-53044-canary7Canary7Canary7';
    const inputs = [
      { ...of({ job }), name: token },
      { name: 'x', phases: [{ name: token, tasks: [{ job }] }] },
      of({ id: token, job }),
      of({ pipeline: of({ job: { ...job, configData: { deep: [token] } } }) }),
      of({ job: { ...job, token: 'anything' } }),
    ];
    for (const input of inputs) {
      const check = checkPipelineInput(input);
      expect(check.ok ? [] : check.problems.filter(({ leaksToken }) => leaksToken)).toHaveLength(1);
      expect(JSON.stringify(check)).not.toContain('canary7');
    }
  });
});
