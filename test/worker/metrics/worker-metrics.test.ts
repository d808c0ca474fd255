import { Runtime } from '@temporalio/worker';
import { afterEach, expect, it, vi } from 'vitest';
import { WorkerMetrics } from '../../../src/worker/metrics/worker-metrics.js';

type Sinks = ReturnType<WorkerMetrics['sinks']>['keboolaMetrics'];
type Info = Parameters<Sinks['creation']['fn']>[0];

/** What the meter of the SDK's runtime is told of one counter, zeros aside. */
function told(counter: string): unknown[] {
  const { metricMeter: meter } = Runtime.instance();
  const create = meter.createCounter.bind(meter);
  const calls: unknown[] = [];
  vi.spyOn(meter, 'createCounter').mockImplementation((name, ...others) => {
    const made = create(name, ...others);
    if (name === counter)
      vi.spyOn(made, 'add').mockImplementation((value, labels) => {
        if (value > 0) calls.push(labels);
      });
    return made;
  });
  return calls;
}

afterEach(() => void vi.restoreAllMocks());

it('counts once what a task tells that is done again, and all that a run tells', () => {
  const creations = told('keboola_creations');
  const metrics = new WorkerMetrics();
  metrics.begin([]);
  const { creation } = metrics.sinks().keboolaMetrics;
  const info = (runId: string): Info => ({ runId }) as Info;
  void creation.fn(info('a'), 'created', 1);
  void creation.fn(info('a'), 'created', 1);
  void creation.fn(info('a'), 'recreated', 2);
  void creation.fn(info('a'), 'created', 3);
  void creation.fn(info('b'), 'created', 1);
  const outcomes = ['created', 'recreated', 'created', 'created'];
  expect(creations).toEqual(outcomes.map((outcome) => ({ outcome })));
});

it('never throws over a count', () => {
  vi.spyOn(Runtime.instance().metricMeter, 'createCounter').mockImplementation(() => {
    throw new Error('the meter is gone');
  });
  const metrics = new WorkerMetrics();
  metrics.begin([]);
  metrics.deferred('default');
  metrics.asked({ connection: 'default', method: 'POST', route: 'other', status: '202', durationSeconds: 1 });
  metrics.moved('upload', 1);
});

it('counts into the runtime that its worker has begun with, and makes none', async () => {
  const metrics = new WorkerMetrics();
  metrics.deferred('default');
  metrics.begin([]);
  const begun = Runtime.instance();
  await begun.shutdown();
  metrics.deferred('default');
  expect(Runtime._instance).toBeUndefined();
  metrics.begin([]);
  expect(Runtime._instance).not.toBe(begun);
  await Runtime.instance().shutdown();
});
