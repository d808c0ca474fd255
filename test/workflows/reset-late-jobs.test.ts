import { beforeEach, expect, it } from 'vitest';
import { fenceFor } from '../../src/job/create/fence.js';
import { newLifeState } from '../../src/job/life-state.js';
import { authorsBundle } from '../support/authors-bundle.js';
import { scripted, settled } from '../support/job-lab.js';
import { useStubbornLab } from '../support/stubborn-lab.js';

const HOURS = scripted({ durationSeconds: 7_200 });

const open = useStubbornLab({ workflowBundle: await authorsBundle() });

let seed: string;
let beforeReset: string;
beforeEach(({ task }) => {
  seed = task.id;
  beforeReset = fenceFor(seed, 1);
});

/** The first job of a run whose chain was reset; the job that was made before is shown late by Keboola's index. */
it('a job from before a reset that no search shows for minutes is stopped once it appears beside the new one', async () => {
  let late = '';
  open.onFirst('readJob', async () => {
    late = await open.makeJob(beforeReset, HOURS.configData);
  });
  const carried = { ...newLifeState(seed, await open.server.now()), wasReset: true };
  const { workflow } = open.server.client;
  const handle = await workflow.start('goesOnAs', {
    workflowId: seed,
    taskQueue: open.lab.taskQueue,
    args: ['runJob', HOURS, carried],
  });
  const { result } = await settled(handle);
  expect(result).toMatchObject({ status: 'success', adopted: false });
  expect(result?.jobId).not.toBe(late);
  expect(await open.statusOf(late)).toBe('terminated');
});
