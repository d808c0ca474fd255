import { activityInfo } from '@temporalio/activity';
import { afterEach, beforeAll, expect } from 'vitest';
import { post } from '../sandbox/support.js';
import { scripted, settled, type LabOptions } from './job-lab.js';
import { useLeapingLab, type LeapingLab } from './use-leaping-lab.js';

/** What an activity was asked for, as far as it names a job. */
type Order = Record<string, string>;

interface Deeds {
  /** Acts directly before each activity, while the clock stands still. */
  before(act: (activity: string, order: Order) => Promise<void> | void): void;
  /** Acts before the first activity of this name only. */
  onFirst(activity: string, act: (order: Order) => Promise<void> | void): void;
  /** This job, or every job, refuses to stop. */
  neverObeys(jobId?: string): void;
  statusOf(jobId: string): Promise<string | undefined>;
  /** Makes a job as whoever has the fence of a creation would. @returns its id. */
  makeJob(runId: string, configData: object): Promise<string>;
}

/**
 * A lab in which a test acts directly before an activity. One for all tests of a file; the deeds and faults of a test
 * end with it.
 */
export function useStubbornLab({ worker, ...more }: Pick<LabOptions, 'worker' | 'token'> = {}): LeapingLab & Deeds {
  const nothing = (): void => undefined;
  let act: (activity: string, order: Order) => Promise<void> | void = nothing;
  const inbound = {
    async execute(input: { args: unknown[] }, next: (input: never) => Promise<unknown>): Promise<unknown> {
      await act(activityInfo().activityType, input.args[0] as Order);
      return await next(input as never);
    },
  };
  const open = useLeapingLab({ ...more, worker: { ...worker, interceptors: { activity: [() => ({ inbound })] } } });
  beforeAll(async () => {
    // A control job: without any job in the project an empty list would mean nothing.
    await settled(await open.lab.start(scripted({ durationSeconds: 1 })));
  });
  afterEach(() => {
    act = nothing;
    open.lab.sandbox.faults.clear();
  });
  return Object.assign<LeapingLab, Deeds>(open, {
    before: (deed) => void (act = deed),
    onFirst: (wanted, deed) => {
      let isFirst = true;
      act = async (activity, order) => {
        if (activity !== wanted || !isFirst) return;
        isFirst = false;
        await deed(order);
      };
    },
    neverObeys: (jobId) => {
      open.lab.sandbox.faults.add({
        route: 'kill',
        ...(jobId !== undefined && { jobId }),
        status: 500,
        times: 'always',
      });
    },
    statusOf: async (jobId) => (await open.lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status,
    makeJob: async (runId, configData) => {
      const headers = { 'x-kbc-runid': runId };
      const { status, text, json } = await post(
        open.lab.sandbox,
        '/docker/keboola.ex-http/run',
        { configData },
        { headers },
      );
      expect({ status, text }).toMatchObject({ status: 202 });
      return json.id;
    },
  });
}
