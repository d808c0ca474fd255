import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../src/job/search-attributes.js';
import { eventually } from '../support/eventually.js';
import { composeServices, deployFile } from '../support/manifests.js';
import type { ProcessEnd } from '../support/processes.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';
import { openCompose, type Compose } from './compose/compose.js';
import { inPlace } from './compose/images.js';
import { findPrograms } from './compose/programs.js';
import { instructionsOf } from './dockerfile.js';

/** It builds what is not in the cache folder. */
const BUILD_MS_MAX = 30 * 60_000;
const COMPONENT = 'keboola.ex-http';
const METRICS_PORT = '9464';
/** Enough for a list of ended jobs to cost less than the reads of each. */
const TASKS = 12;
const TASK_SECONDS = 12;
const LONG_JOBS = 4;

let compose: Compose;

beforeAll(async () => {
  const { cli: temporalCli } = required(inject('devServer'));
  compose = await openCompose(
    { programs: await findPrograms(), temporalCli },
    { worker: { KEBOOLA_METRICS_PORT: METRICS_PORT } },
  );
}, BUILD_MS_MAX);
afterAll(() => compose.close());

const inWorker = (...command: string[]): Promise<ProcessEnd> => compose.run('worker', command);

async function told<T>(...command: string[]): Promise<T> {
  const { code, stdout, stderr } = await inWorker(...command, '--json');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout) as T;
}

/** What somebody on this machine's network is answered. */
async function fetched(url: string): Promise<{ status: number; body: string }> {
  const script = `fetch(${JSON.stringify(url)}).then(async (r) => console.log(JSON.stringify({ status: r.status, body: await r.text() })))`;
  const { stdout, stderr } = await compose.inside('worker', [process.execPath, '-e', script]);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { status: number; body: string };
}

function healthcheck(): string[] {
  const { text = '' } = instructionsOf(deployFile('Dockerfile')).find(({ name }) => name === 'HEALTHCHECK') ?? {};
  return inPlace(JSON.parse(text.replace(/^.*?CMD /, '')) as string[]);
}

const script = (sandbox: object): string => JSON.stringify({ parameters: { sandbox } });

interface Row {
  workflowId: string;
  jobId: string;
}

describe('the services of the compose file', () => {
  it('come up in their order, with the search attributes registered, and `setup` does nothing when it runs again', async () => {
    expect(await told('setup')).toMatchObject({ searchAttributes: SEARCH_ATTRIBUTES, added: [] });
    const { code, stdout } = await inWorker('doctor');
    expect({ code, stdout }).toMatchObject({ code: 0 });
  });

  it('have a worker that answers its probes, and a Web UI that reaches Temporal', async () => {
    await eventually(async () => expect(await compose.inside('worker', healthcheck())).toMatchObject({ code: 0 }));
    await eventually(async () => expect(await fetched('http://worker:8080/readyz')).toMatchObject({ status: 200 }));
    const page = /The Web UI is at (http:\S+?)\.?\s/.exec(deployFile('compose.yaml'))?.[1] ?? '';
    await eventually(async () => {
      expect((await fetched(`${page}/api/v1/namespaces/default`)).body).toContain('KeboolaStatus');
    });
    expect((await fetched(page)).body).toContain('<!doctype html>');
  });

  it('run a job by the command that the file names', async () => {
    const [, words = ''] = /compose\.yaml run --rm worker (.+)$/m.exec(deployFile('compose.yaml')) ?? [];
    const { code, stdout } = await inWorker(...words.split(' '));
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^success · job \d+/) as string });
  });
});

describe('PostgreSQL as the visibility of Temporal', () => {
  it('finds a job by every filter of `list`, and shows its tree', async () => {
    const { workflowId: id, jobId: job } = await eventually(async () => {
      const [row] = await told<Row[]>('list', '--component', COMPONENT, '--config', 'success');
      if (row?.jobId === undefined) throw new Error('PostgreSQL does not show it yet');
      return row;
    });
    const status = ['--status', 'success', '--since', '1h'];
    for (const filter of [status, ['--query', `KeboolaJobId = "${job}"`], ['--component', COMPONENT, ...status]]) {
      await eventually(async () => expect(await told('list', ...filter)).toMatchObject([{ workflowId: id }]));
    }
    await eventually(async () =>
      expect(await told('tree', job)).toMatchObject({ workflowId: id, jobId: job, workflowStatus: 'COMPLETED' }),
    );
  });

  it('carries a pipeline whose jobs are watched', async () => {
    const file = join(await tempFolder(), 'many.json');
    const task = (at: number): object => ({
      id: `task-${at}`,
      job: { component: COMPONENT, configData: JSON.parse(script({ durationSeconds: TASK_SECONDS })) as object },
    });
    const tasks = Array.from({ length: TASKS }, (_, at) => task(at));
    await writeFile(file, JSON.stringify({ name: 'many', phases: [{ name: 'all', tasks }] }));
    const { code, stdout } = await inWorker('pipeline', 'run', file);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    await eventually(async () => {
      const tree = await told<{ children: object[] }>('tree', 'keboola-pipeline/many');
      expect(tree.children).toHaveLength(TASKS);
      const { body } = await fetched(`http://worker:${METRICS_PORT}/metrics`);
      expect(body).toMatch(/^keboola_watcher\{.*state="reliable".*\} 1$/m);
    });
  });

  it('finds the many that are to be cancelled, each of which is proved to have stopped', async () => {
    const begin = (at: number): Promise<ProcessEnd> =>
      inWorker('run', COMPONENT, '--config-data', script({ durationSeconds: 3_600 }), '--key', `${at}`, '--detach');
    for (let at = 0; at < LONG_JOBS; at += 1) expect(await begin(at)).toMatchObject({ code: 0 });
    const filter = ['--component', COMPONENT, '--since', '1h'];
    await eventually(async () => {
      expect(await told('list', ...filter, '--running')).toHaveLength(LONG_JOBS);
    });
    expect(await told('cancel', ...filter)).toMatchObject({ dryRun: true });
    const { verdicts } = await told<{ verdicts: { verdict: string }[] }>('cancel', ...filter, '--yes');
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(Array.from({ length: LONG_JOBS }, () => 'stopped'));
  });
});

it('a worker that is told to leave does so in its time, with 0, and is healthy no more', async () => {
  const { stop_grace_period: grace = '' } = composeServices()['worker'] ?? {};
  const { code } = await compose
    .service('worker')
    .signal('SIGTERM')
    .end(1_000 * Number.parseInt(grace, 10));
  expect(code).toBe(0);
  expect(await compose.inside('worker', healthcheck())).toMatchObject({ code: 1 });
});
