import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskInput } from '../../src/job/pipeline/input.js';
import type { PipelineResult, TaskResult } from '../../src/job/pipeline/result.js';
import { isBelow } from '../../src/job/run-id.js';
import { DIALECTS } from '../support/dialects.js';
import { scripted } from '../support/job-lab.js';
import { causeOf, FAILS, pipeline, PipelineLab, statuses, task, tasksOf } from '../support/pipeline-lab.js';
import { UNTIL_ENDED } from '../support/until-ended.js';

describe.each(DIALECTS)('a pipeline on $name', (dialect) => {
  let lab: PipelineLab;

  beforeAll(async () => {
    lab = await PipelineLab.open(dialect);
    // The tests run beside each other, and their jobs shall not wait for one another.
    await lab.lab.sandbox.settings({ parallelLimit: 'off' });
  });
  afterAll(() => lab.close());

  describe.concurrent('order', () => {
    it('runs the tasks of a phase in parallel, and the next phase after the last of them', async () => {
      const handle = await lab.start(pipeline([task('a', UNTIL_ENDED), task('b', UNTIL_ENDED)], [task('c')]));
      const jobIds = [await lab.jobOf(handle, 'a'), await lab.jobOf(handle, 'b')];
      await lab.endInKeboola(...jobIds);
      const result = (await handle.result()) as PipelineResult;
      expect(result).toMatchObject({ name: 'nightly', status: 'success' });
      const { a, b, c } = tasksOf(result);
      const time = (one: TaskResult | undefined, field: 'startTime' | 'endTime'): number =>
        Date.parse(one?.job?.[field] ?? '');
      expect(time(b, 'startTime')).toBeLessThan(time(a, 'endTime'));
      expect(time(a, 'startTime')).toBeLessThan(time(b, 'endTime'));
      expect(time(c, 'startTime')).toBeGreaterThanOrEqual(Math.max(time(a, 'endTime'), time(b, 'endTime')));
    });

    it('puts every job below one run id of its own, nested ones too', async () => {
      const result = await lab.resultOf(pipeline([task('a')], [{ id: 'n', pipeline: pipeline([task('b')]) }]));
      const inner = tasksOf(result)['n']?.pipeline;
      expect(result.rootRunId).toMatch(/^9\d{14}$/);
      expect(inner?.rootRunId).toBe(result.rootRunId);
      const runIds = [tasksOf(result)['a'], inner && tasksOf(inner)['b']].map((one) => one?.job?.runId ?? '');
      for (const runId of runIds) expect(isBelow(runId, result.rootRunId)).toBe(true);
      expect(new Set(runIds).size).toBe(2);
    });

    it('puts every job below the run that it is told to belong to', async () => {
      const result = await lab.resultOf({ ...pipeline([task('a')]), parentRunId: '17.4' });
      expect(result.rootRunId).toBe('17.4');
      expect(isBelow(tasksOf(result)['a']?.job?.runId ?? '', '17.4')).toBe(true);
    });

    it('runs no more tasks at a time than maxParallel', async () => {
      const tasks = Array.from({ length: 9 }, (_, at) => task(`t${at}`, { durationSeconds: 20 }));
      const handle = await lab.start({ ...pipeline(tasks), maxParallel: 3 });
      await handle.result();
      const { events } = await handle.fetchHistory();
      let open = 0;
      let most = 0;
      for (const event of events ?? []) {
        if (event.startChildWorkflowExecutionInitiatedEventAttributes) open += 1;
        if (event.childWorkflowExecutionCompletedEventAttributes) open -= 1;
        most = Math.max(most, open);
      }
      expect(most).toBe(3);
    });

    it('names each child after its task, and a task without an id after what it runs', async () => {
      const input = pipeline([task('a'), { job: { component: 'keboola.ex-http', config: 'success' } }]);
      const handle = await lab.start(input);
      await handle.result();
      const { events = [] } = await handle.fetchHistory();
      const ids = (events ?? []).flatMap((event) => {
        const { workflowId } = event.startChildWorkflowExecutionInitiatedEventAttributes ?? {};
        return workflowId ? [workflowId] : [];
      });
      expect(ids).toEqual([`${handle.workflowId}/a`, `${handle.workflowId}/keboola.ex-http-success`]);
    });
  });

  describe.concurrent('a failed task', () => {
    it('lets its phase end, stops before the next one, and the pipeline ends error', async () => {
      // Only two at a time: the third begins when the first has failed.
      const phase = [task('bad', FAILS), task('good', { durationSeconds: 60 }), task('next')];
      const result = await lab.failedResultOf({ ...pipeline(phase, [task('c')]), maxParallel: 2 });
      expect(result).toMatchObject({ status: 'error', phases: [{ status: 'error' }, { status: 'not-started' }] });
      expect(statuses(result)).toEqual({ bad: 'error', good: 'success', next: 'success', c: 'not-started' });
      expect(tasksOf(result)['bad']).toMatchObject({
        error: { type: 'JobApplicationError', message: 'no luck' },
        job: { status: 'error' },
      });
    });

    it('with continueOnFailure lets the pipeline go on, which ends warning', async () => {
      const result = await lab.resultOf(pipeline([task('bad', FAILS, { continueOnFailure: true })], [task('c')]));
      expect(result).toMatchObject({ status: 'warning', phases: [{ status: 'warning' }, { status: 'success' }] });
      expect(statuses(result)).toEqual({ bad: 'error', c: 'success' });
    });

    it('is also one that ends with a warning', async () => {
      const result = await lab.failedResultOf(pipeline([task('w', { status: 'warning' })], [task('c')]));
      expect(tasksOf(result)['w']).toMatchObject({ status: 'warning', error: { type: 'JobWarning' } });
    });

    it('is not one whose author accepts its warning', async () => {
      const job = { ...scripted({ durationSeconds: 1, status: 'warning' }), onWarning: 'accept' };
      const result = await lab.resultOf(pipeline([{ id: 'w', job } as TaskInput], [task('c')]));
      expect(result.status).toBe('success');
      expect(statuses(result)).toEqual({ w: 'warning', c: 'success' });
    });

    it('is also a nested pipeline that ends with a warning, or with an error', async () => {
      const nested = (rules: Partial<TaskInput>): TaskInput => ({
        id: 'n',
        pipeline: pipeline([task('bad', FAILS, rules)]),
      });
      const warned = await lab.failedResultOf(pipeline([nested({ continueOnFailure: true })]));
      expect(tasksOf(warned)['n']).toMatchObject({ status: 'warning', error: { type: 'PipelineWarning' } });
      const failed = await lab.failedResultOf(pipeline([nested({})]));
      expect(tasksOf(failed)['n']).toMatchObject({
        status: 'error',
        error: { type: 'PipelineFailed' },
        pipeline: { phases: [{ tasks: [{ id: 'bad', status: 'error' }] }] },
      });
    });
  });

  describe.concurrent('retry', () => {
    it('runs a job again where its author has asked for it, as a job and a workflow of its own', async () => {
      const retry = { attempts: 3, on: ['application'] } as const;
      const handle = await lab.start(pipeline([task('bad', FAILS, { retry: { ...retry, on: [...retry.on] } })]));
      const result = (await causeOf(handle)).details?.[0] as PipelineResult;
      expect(tasksOf(result)['bad']).toMatchObject({ status: 'error', attempts: 3 });
      const jobs = (await lab.lab.sandbox.jobs()).filter(({ runId }) => isBelow(runId, result.rootRunId));
      expect(new Set(jobs.map(({ runId }) => runId.split('.')[1])).size).toBe(3);
      expect(jobs).toHaveLength(3);
      const third = lab.child(handle, 'bad;attempt=3');
      expect((await third.describe()).status.name).toBe('FAILED');
    });

    it('never runs a job again that failed by a mistake of the user, or for a reason that was not named', async () => {
      const rules: Partial<TaskInput> = { retry: { attempts: 3, on: ['application', 'unknown'] } };
      const result = await lab.failedResultOf(
        pipeline([
          task('user', { status: 'error', error: 'user' }, rules),
          task('warned', { status: 'warning' }, rules),
        ]),
      );
      expect(tasksOf(result)['user']).not.toHaveProperty('attempts');
      expect(tasksOf(result)['warned']).not.toHaveProperty('attempts');
    });

    it('ends as its last attempt did', async () => {
      const rules: Partial<TaskInput> = { retry: { attempts: 2, on: ['terminated'] } };
      const { whenKilled, ...lasting } = UNTIL_ENDED;
      const handle = await lab.start(pipeline([task('a', lasting, rules)]));
      await lab.killInKeboola(await lab.jobOf(handle, 'a'));
      const second = await lab.jobOf(handle, 'a;attempt=2');
      await lab.lab.sandbox.settings({ whenKilled });
      await lab.endInKeboola(second);
      const result = (await handle.result()) as PipelineResult;
      await lab.lab.sandbox.settings({ whenKilled: 'terminate' });
      expect(tasksOf(result)['a']).toMatchObject({ status: 'success', attempts: 2 });
    });
  });
});
