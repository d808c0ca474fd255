import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PatchActivationInput, WorkerOptions } from '@temporalio/worker';
import { ourMark } from '../../src/job/life/patch-marks.js';
import { KeboolaPlugin } from '../../src/worker/keboola-plugin.js';

const connections = [{ name: 'default', url: 'http://127.0.0.1:1', token: () => 'x' }];
const greet = (): Promise<string> => Promise.resolve('hello');

function configured(options: Partial<WorkerOptions>, plugin = new KeboolaPlugin({ connections })): WorkerOptions {
  return plugin.configureWorker({ taskQueue: 'mine', ...options });
}

describe('the plugin', () => {
  it('adds the activities to those of the worker, and leaves its workflows alone', () => {
    const { activities, workflowsPath, workflowBundle } = configured({ activities: { greet }, workflowsPath: '/mine' });
    expect(activities).toMatchObject({ greet, createJob: expect.any(Function) as unknown });
    expect({ workflowsPath, workflowBundle }).toEqual({ workflowsPath: '/mine', workflowBundle: undefined });
    expect(configured({})).not.toHaveProperty('workflowsPath', expect.anything());
  });

  it('does not silently replace an activity of the worker that has the name of one of ours', () => {
    expect(() => configured({ activities: { createJob: greet, greet, readJob: greet } })).toThrow(
      'rename yours: createJob, readJob',
    );
  });

  it('may come twice, by the worker and by its connection', () => {
    const plugin = new KeboolaPlugin({ connections });
    const once = configured({ activities: { greet } }, plugin);
    expect(configured(once, plugin).activities).toEqual(once.activities);
  });

  it('lets a creation in flight be answered when the worker stops, unless its author wants less', () => {
    expect(configured({}).shutdownGraceTime).toBe(100_000);
    expect(configured({ shutdownGraceTime: '5s' }).shutdownGraceTime).toBe('5s');
  });

  it.each<[Partial<WorkerOptions>, WorkerOptions['shutdownForceTime']]>([
    [{}, 110_000],
    [{ shutdownForceTime: '2h' }, '2h'],
    [{ shutdownGraceTime: '30s' }, 110_000],
    [{ shutdownGraceTime: 200_000 }, 210_000],
    [{ shutdownGraceTime: '1h' }, 3_610_000],
    [{ shutdownGraceTime: '1h', shutdownForceTime: '2h' }, '2h'],
  ])('ends a worker by force that is broken and does not stop: %j', (given, force) => {
    expect(configured(given).shutdownForceTime).toBe(force);
  });

  it('passes heartbeats on long before an activity is given up for want of them, unless its author wants less', () => {
    expect(configured({}).maxHeartbeatThrottleInterval).toBe(5_000);
    expect(configured({ maxHeartbeatThrottleInterval: '1m' }).maxHeartbeatThrottleInterval).toBe('1m');
  });

  it('gives a workflow longer to come to rest than machines are paused, unless its author wants less', () => {
    expect(configured({})).toMatchObject({ isolateExecutionTimeout: '2m' });
    const own: WorkerOptions & { isolateExecutionTimeout: string } = { taskQueue: 'a', isolateExecutionTimeout: '3s' };
    expect(configured(own)).toMatchObject({ isolateExecutionTimeout: '3s' });
  });

  it("lets an author switch off the author's own patches, but none of our markers", () => {
    const { patchActivationCallback: isActive } = configured({ patchActivationCallback: () => false });
    const asked = (patchId: string): unknown => isActive?.({ patchId } as PatchActivationInput);
    expect([asked('mine'), asked(ourMark('reset, phase 1'))]).toEqual([false, true]);
    expect(configured({}).patchActivationCallback).toBeUndefined();
  });

  it('makes room for workflow tasks that wait for Keboola, unless its author has a number or a tuner of his own', () => {
    expect(configured({}).maxConcurrentWorkflowTaskExecutions).toBe(100);
    expect(configured({ maxConcurrentWorkflowTaskExecutions: 7 }).maxConcurrentWorkflowTaskExecutions).toBe(7);
    const slots = { targetMemoryUsage: 0.8, targetCpuUsage: 0.9 };
    const tuned = configured({ tuner: { tunerOptions: slots } });
    expect(tuned.maxConcurrentWorkflowTaskExecutions).toBeUndefined();
  });
});

describe('the bundle of a worker with the plugin', () => {
  it('has the modules of our workflows once per thread, beside those that its author asks for', () => {
    const options = { workflowsPath: '/mine', preloadModules: ['/mine/pure.js'] };
    const { workflowsPath, preloadModules } = new KeboolaPlugin({ connections }).configureBundler(options);
    expect(workflowsPath).toBe('/mine');
    expect(preloadModules).toEqual([
      '/mine/pure.js',
      expect.stringMatching(/workflows.index\.[jt]s$/),
      expect.stringMatching(/workflows.interceptors\.[jt]s$/),
    ]);
  });
});

describe('the connections of the plugin', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('come from the environment where none are given', () => {
    vi.stubEnv('KBC_URL', 'not an address');
    expect(() => new KeboolaPlugin()).toThrow('not an address');
  });

  it('must be there, which is said at once and not by the first job', () => {
    for (const name of ['KBC_URL', 'KBC_STORAGE_API_URL', 'KBC_STORAGE_API_HOST', 'KBC_CONNECTIONS_FILE']) {
      vi.stubEnv(name, '');
    }
    expect(() => new KeboolaPlugin()).toThrow('No Keboola project: set KBC_URL and KBC_TOKEN');
  });
});
