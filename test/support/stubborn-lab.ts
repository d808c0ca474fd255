import { activityInfo } from '@temporalio/activity';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { post } from '../sandbox/support.js';
import { openJobLab, scripted, settled, type JobLab } from './job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from './time-skipping.js';

/** What an activity was asked for, as far as it names a job. */
type Order = Record<string, string>;

/** A lab in which a test acts directly before an activity, while the clock stands still. */
export interface StubbornLab {
  readonly lab: JobLab;
  readonly server: TimeSkippingServer;
  before(act: (activity: string, order: Order) => Promise<void> | void): void;
  /** Acts before the first activity of this name only. */
  onFirst(activity: string, act: (order: Order) => Promise<void> | void): void;
  /** This job, or every job, refuses to stop. */
  neverObeys(jobId?: string): void;
  statusOf(jobId: string): Promise<string | undefined>;
  /** Makes a job as whoever has the fence of a creation would. @returns its id. */
  makeJob(runId: string, configData: object): Promise<string>;
}

/** One for all tests of a file; the deeds and faults of a test end with it. */
export function useStubbornLab(): StubbornLab {
  let server: TimeSkippingServer;
  let lab: JobLab;
  const nothing = (): void => undefined;
  let act: (activity: string, order: Order) => Promise<void> | void = nothing;
  const inbound = {
    async execute(input: { args: unknown[] }, next: (input: never) => Promise<unknown>): Promise<unknown> {
      await act(activityInfo().activityType, input.args[0] as Order);
      return await next(input as never);
    },
  };
  beforeAll(async () => {
    server = await startTimeSkippingServer();
    const worker = { interceptors: { activity: [() => ({ inbound })] } };
    lab = await openJobLab(server, { clock: { now: () => server.now() }, worker });
    // A control job: without any job in the project an empty list would mean nothing.
    await settled(await lab.start(scripted({ durationSeconds: 1 })));
  });
  afterEach(() => {
    act = nothing;
    lab.sandbox.faults.clear();
  });
  afterAll(async () => {
    await lab.close();
    await server.stop();
  });
  return {
    get lab() {
      return lab;
    },
    get server() {
      return server;
    },
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
      lab.sandbox.faults.add({ route: 'kill', ...(jobId !== undefined && { jobId }), status: 500, times: 'always' });
    },
    statusOf: async (jobId) => (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status,
    makeJob: async (runId, configData) => {
      const headers = { 'x-kbc-runid': runId };
      const { status, text, json } = await post(
        lab.sandbox,
        '/docker/keboola.ex-http/run',
        { configData },
        { headers },
      );
      expect({ status, text }).toMatchObject({ status: 202 });
      return json.id;
    },
  };
}
