import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TRACE_HEADER } from '../../src/job/tracing/trace-context.js';
import { CANARY, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { Replayer } from '../support/replayer.js';
import type { Span } from '../support/otlp/decoded.js';
import { tempFolder } from '../support/temp-folder.js';
import { startOtlpCollector, type OtlpCollector } from '../support/otlp/otlp-collector.js';
import { arrived, CANARY_HEADER, startTellingWorker, stopped, tracingTo } from '../support/otlp/tracing-lab.js';
import { keysText } from '../support/payload-keys.js';
import type { Environment, Process } from '../support/processes.js';

/** In the input of jobs, which a trace has nothing of. */
const CANARY_DATA = 'canary9Canary9Canary9';

let lab: CliLab;
let collector: OtlpCollector;

beforeAll(async () => {
  lab = await openCliLab();
});
beforeEach(async () => {
  collector = await startOtlpCollector();
  return () => collector.close();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

const tracing = (queue: string, url = collector.url): Environment => tracingTo(url, queue);
const startWorker = (env: Environment): Promise<Process> => startTellingWorker(lab, env);

/** Arguments of a job of one second with a canary in its input. */
const job = (script: object = { durationSeconds: 1 }): string[] => [
  'run',
  'keboola.ex-http',
  '--config-data',
  JSON.stringify({ parameters: { sandbox: script, query: CANARY_DATA } }),
];

function above(span: Span | undefined): Span | undefined {
  return collector.spans.find(({ spanId }) => spanId === span?.parentSpanId);
}

describe('a job that is traced', () => {
  it('is one trace from the command over workflow and activities to the requests, with nothing secret in it', async () => {
    const queue = lab.unique('traced');
    const worker = await startWorker({ ...tracing(queue), OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' });
    const { code } = await lab.run([...job(), '--key', queue], tracing(queue));
    expect(code).toBe(0);
    await stopped(worker);
    await arrived(collector, 'StartWorkflow:runJob', 'RunWorkflow:runJob', 'RunActivity:readJob', /^POST .*\/run$/);
    const start = collector.span('StartWorkflow:runJob')!;
    const [run, create] = [collector.span('RunWorkflow:runJob'), collector.span('RunActivity:createJob')];
    const post = collector.span(/^POST .*\/run$/);
    expect([above(run), above(create), above(post)]).toEqual([start, run, create]);
    const read = collector.span('RunActivity:readJob')!;
    expect([above(read), above(collector.span('GET /queue/job/{id}'))?.name]).toEqual([run, 'RunActivity:readJob']);
    expect(read.attributes).toMatchObject({ temporalActivityLocal: true, 'keboola.connection': 'default' });
    const ours = collector.spans.filter(({ traceId }) => traceId === start.traceId);
    expect(ours.length).toBeGreaterThan(8);
    expect(start).toMatchObject({ kind: 'SPAN_KIND_CLIENT', parentSpanId: '' });
    const jobId = collector.span('GET /queue/job/{id}')!.attributes['keboola.job.id'];
    expect(await lab.statusOf(String(jobId))).toBe('success');
    expect(run!.attributes).toMatchObject({
      temporalWorkflowId: lab.scriptedId(queue),
      'temporal.workflow.closed': 'completed',
      'keboola.component': 'keboola.ex-http',
      'keboola.job.id': jobId,
    });
    expect(post!.attributes).toEqual({
      'http.request.method': 'POST',
      'url.template': '/docker/{component}/run',
      'keboola.connection': 'default',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(lab.sandbox.url).port),
      'http.response.status_code': 202,
    });
    expect(run!.endMs - run!.startMs).toBeGreaterThan(1_000);
    expect(ours.filter(({ startMs, endMs }) => !(endMs >= startMs && startMs >= start.startMs - 1))).toEqual([]);
    expect(collector.headers.every(({ authorization }) => authorization === `Bearer ${CANARY_HEADER}`)).toBe(true);
    expect(collector.headers.some((headers) => headers['content-encoding'] === 'gzip')).toBe(true);
    const bodies = collector.bytes.map((bytes) => bytes.toString('latin1')).join('\n');
    expect(bodies).toContain('keboola.ex-http');
    expect([CANARY, CANARY_DATA].filter((secret) => bodies.includes(secret))).toEqual([]);
    expect(lab.processes.words).not.toContain(CANARY_HEADER);
  });

  it('is one trace also where payloads are encrypted', async () => {
    const queue = lab.unique('traced');
    const env = { ...tracing(queue), KEBOOLA_PAYLOAD_KEYS: keysText('one', ['one']) };
    const worker = await lab.startWorker(env);
    expect((await lab.run([...job(), '--key', queue], env)).code).toBe(0);
    await stopped(worker);
    await arrived(collector, 'StartWorkflow:runJob', 'RunWorkflow:runJob', 'RunActivity:createJob', /^POST .*\/run$/);
    const post = collector.span(/^POST .*\/run$/);
    const line = [post, above(post), above(above(post)), above(above(above(post)))];
    expect(line.slice(1).map((span) => span?.name)).toEqual([
      'RunActivity:createJob',
      'RunWorkflow:runJob',
      'StartWorkflow:runJob',
    ]);
  });

  it('shows of a failure its type, and of an answer its status, without a word of either', async () => {
    const queue = lab.unique('traced');
    const worker = await lab.startWorker(tracing(queue));
    const { code } = await lab.run(
      [...job({ durationSeconds: 1, status: 'error', message: CANARY_DATA }), '--key', queue],
      tracing(queue),
    );
    expect(code).not.toBe(0);
    await stopped(worker);
    await arrived(collector, 'RunWorkflow:runJob');
    expect(collector.span('RunWorkflow:runJob')).toMatchObject({
      status: { code: 'STATUS_CODE_ERROR' },
      attributes: { 'temporal.workflow.closed': 'failed', 'error.type': 'JobUserError' },
    });
    expect(collector.spans.filter(({ status }) => (status.message ?? '') !== '')).toEqual([]);
    expect(collector.bytes.join('\n')).not.toContain(CANARY_DATA);
  });

  it('goes on in its trace with another worker when the first is killed in the midst', async () => {
    const queue = lab.unique('traced');
    const first = await lab.startWorker(tracing(queue));
    const command = lab.start([...job({ durationSeconds: 3_600 }), '--key', queue], tracing(queue));
    await eventually(() => expect(collector.span('RunActivity:readJob')).toBeDefined());
    first.signal('SIGKILL');
    const second = await lab.startWorker(tracing(queue));
    lab.sandbox.clock.advance(3_600_000);
    expect((await command.end()).code).toBe(0);
    await stopped(second);
    await arrived(collector, 'StartWorkflow:runJob', 'RunWorkflow:runJob', 'RunActivity:createJob');
    const [create, run] = [collector.span('RunActivity:createJob'), collector.span('RunWorkflow:runJob')];
    expect(above(create)).toEqual(run);
    expect(above(run)?.name).toBe('StartWorkflow:runJob');
    expect(run?.resource['service.instance.id']).not.toBe(create?.resource['service.instance.id']);
    await eventually(() => {
      const below = collector.spans.filter(({ parentSpanId }) => parentSpanId === run?.spanId);
      expect(new Set(below.map(({ resource }) => resource['service.instance.id'])).size).toBe(2);
    });
  });

  it('is the top of a trace of its own where nobody who started it traces', async () => {
    const queue = lab.unique('traced');
    const worker = await lab.startWorker(tracing(queue));
    expect((await lab.run([...job(), '--key', queue], { KEBOOLA_TASK_QUEUE: queue })).code).toBe(0);
    await stopped(worker);
    await arrived(collector, 'RunWorkflow:runJob', 'RunActivity:createJob');
    const run = collector.span('RunWorkflow:runJob')!;
    expect(run).toMatchObject({ parentSpanId: '', traceId: String(run.attributes['run_id']).replaceAll('-', '') });
    expect(above(collector.span('RunActivity:createJob'))).toEqual(run);
  });
});

describe('what is traced of a pipeline', () => {
  it('has the workflows of its tasks below it', async () => {
    const queue = lab.unique('traced');
    const worker = await lab.startWorker(tracing(queue));
    const task = { component: 'keboola.ex-http', configData: { parameters: { sandbox: { durationSeconds: 0 } } } };
    const file = JSON.stringify({ name: queue, phases: [{ name: 'all', tasks: [{ id: 'one', job: task }] }] });
    const path = join(await tempFolder(), 'pipeline.json');
    await writeFile(path, file);
    const { code, stderr } = await lab.run(['pipeline', 'run', path], tracing(queue));
    expect(code, stderr).toBe(0);
    await stopped(worker);
    await arrived(collector, 'StartWorkflow:runPipeline', 'RunWorkflow:runPipeline', 'RunWorkflow:runJob');
    const pipeline = collector.span('RunWorkflow:runPipeline');
    expect(above(collector.span('RunWorkflow:runJob'))).toEqual(pipeline);
    expect(above(pipeline)?.name).toBe('StartWorkflow:runPipeline');
  });
});

describe("the records of a worker's log", () => {
  it('come with the trace that they belong to', async () => {
    const queue = lab.unique('traced');
    const worker = await startWorker(tracing(queue));
    await lab.run(
      [...job({ durationSeconds: 1, status: 'error', message: CANARY_DATA }), '--key', queue],
      tracing(queue),
    );
    await stopped(worker);
    await arrived(collector, 'RunWorkflow:runJob');
    const run = collector.span('RunWorkflow:runJob')!;
    await eventually(() => {
      const record = collector.logs.find(({ spanId }) => spanId === run.spanId);
      expect(record).toMatchObject({ traceId: run.traceId, attributes: { workflowId: lab.scriptedId(queue) } });
    });
  });
});

describe('a worker that does not trace', () => {
  it('puts no header into a history, and replays one that has them, as one that traces replays one without', async () => {
    const [plain, traced] = [lab.unique('plain'), lab.unique('traced')];
    const workers = [await lab.startWorker({ KEBOOLA_TASK_QUEUE: plain }), await lab.startWorker(tracing(traced))];
    await lab.run([...job(), '--key', plain], { KEBOOLA_TASK_QUEUE: plain });
    await lab.run([...job(), '--key', traced], tracing(traced));
    await Promise.all(workers.map(stopped));
    const history = (key: string) => lab.temporal.workflow.getHandle(lab.scriptedId(key)).fetchHistory();
    const [without, withHeaders] = [await history(plain), await history(traced)];
    expect(JSON.stringify(without)).not.toContain(TRACE_HEADER);
    expect(JSON.stringify(withHeaders)).toContain(TRACE_HEADER);
    const replayers = [new Replayer(), new Replayer({ traces: true })];
    for (const replayer of replayers) {
      await replayer.replay(without, lab.scriptedId(plain));
      await replayer.replay(withHeaders, lab.scriptedId(traced));
      await replayer.close();
    }
  });
});
