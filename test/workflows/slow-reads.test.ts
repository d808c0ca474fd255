import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkflowFailedError } from '@temporalio/client';
import { jobQuery, setTimeoutsUpdate, waitForCreatedUpdate } from '../../src/job/messages.js';
import { eventually } from '../support/eventually.js';
import { scripted, settled, type JobLab } from '../support/job-lab.js';
import { useJobLab } from '../support/use-job-lab.js';

const JOBS = 60;
/** Beyond what the same takes while Keboola answers, since machines differ. */
const ANSWER_MS_MAX = 1_000;

const lab = useJobLab();

describe('while the reads of sixty jobs hang', () => {
  const handles: Handle[] = [];
  let atRestMs: number;

  beforeAll(async () => {
    for (let i = 0; i < JOBS; i++) handles.push(await lab.start(scripted({ durationSeconds: 3_600 })));
    await eventually(() => expect(Object.keys(lab.sandbox.counters.readsByJob)).toHaveLength(JOBS));
    atRestMs = await slowestAnswerMs([1, 2, 3, 4]);
    const before = reads();
    lab.sandbox.faults.add({ route: 'read', hang: true, times: 'always' });
    // Young jobs are read every second or two: the first ones hold the tasks of their workflows now.
    await eventually(() => expect(reads()).toBeGreaterThan(before + JOBS / 3));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(handles.map((handle) => handle.terminate('the test is over')));
  });

  it('a query, two updates, a cancel and a refusal are answered within a second, all of them at once', async () => {
    expect(await slowestAnswerMs([5, 6, 7, 8])).toBeLessThan(atRestMs + ANSWER_MS_MAX);
  });

  it('each workflow has asked once more as a normal activity, and shows that it waits for it', async () => {
    await eventually(async () => {
      const { raw } = await handle(9).describe();
      expect(raw.pendingActivities?.map(({ activityType }) => activityType?.name)).toEqual(['readJob']);
    });
  });

  /** Asks four workflows, cancels one of them, and starts another one that is to be refused, all at once. */
  async function slowestAnswerMs([queried, created, limited, cancelled]: number[]): Promise<number> {
    const killed = (): number => Object.keys(lab.sandbox.counters.killsByJob).length;
    const killedBefore = killed();
    const took = await Promise.all([
      timed(() => handle(queried).query(jobQuery)),
      timed(() => handle(created).executeUpdate(waitForCreatedUpdate)),
      timed(() => handle(limited).executeUpdate(setTimeoutsUpdate, { args: [{ runTimeout: '2h' }] })),
      timed(async () => {
        await handle(cancelled).cancel();
        await eventually(() => expect(killed()).toBe(killedBefore + 1));
      }),
      timed(async () => {
        const { error } = await settled(await lab.start({ component: 'ex-db' }));
        expect(error).toBeInstanceOf(WorkflowFailedError);
      }),
    ]);
    return Math.max(...took);
  }

  function handle(index = -1): Handle {
    const found = handles[index];
    if (!found) throw new Error(`no workflow ${index}`);
    return found;
  }
});

type Handle = Awaited<ReturnType<JobLab['start']>>;

function reads(): number {
  return Object.values(lab.sandbox.counters.readsByJob).reduce((sum, each) => sum + each, 0);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
