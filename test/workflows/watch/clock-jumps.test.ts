import { expect, it } from 'vitest';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { WatchState } from '../../../src/job/watch/watch-request.js';
import { createClock } from '../../../src/sandbox/index.js';
import { eventually } from '../../support/eventually.js';
import { scripted } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';
import { inActivity, nudgesOf, openProject, REQUEST, untilRunning } from '../../support/watch-activity.js';

const HOUR_MS = 3_600_000;

const clock = createClock();
const lab = useJobLab({ clock });

it.each([
  ['set forward', HOUR_MS],
  ['set back', -HOUR_MS],
])('the end of a job whose workflow is listed late is told although the clock was %s meanwhile', async (_, jumpMs) => {
  const job = await lab.start(scripted({ durationSeconds: HOUR_MS / 1_000 }));
  await untilRunning(lab, [job]);
  // The workflow does not see the end by itself.
  const fault = lab.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
  const state: WatchState = { cursorMs: clock.now(), health: {}, isHealthy: true };
  clock.advance(HOUR_MS);
  const { jobs, close } = openProject(lab);
  const nowMs = Date.now();
  const watcher = new Watcher(REQUEST, jobs, state, { nowMs, tickMs: 1_000 });
  const tick = (taskQueue: string, steadyMs: number, byMs: number): Promise<void> =>
    inActivity({ temporal: lab.temporal, taskQueue }, () =>
      watcher.tick([], { nowMs: nowMs + steadyMs + byMs, steadyMs, tickMs: 1_000 }),
    );
  await tick('not-listed-yet', 0, 0);
  await tick('not-listed-yet', 1_000, jumpMs);
  await eventually(async () => {
    await tick(lab.taskQueue, 3_000, jumpMs);
    expect(await nudgesOf(lab, job)).toEqual([undefined]);
  });
  lab.sandbox.faults.remove(fault.id);
  await close();
  await job.terminate().catch(() => undefined);
});
