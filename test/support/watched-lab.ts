import type { JobSnapshot } from '../../src/job/messages.js';
import { RELYING_MIN } from '../../src/job/watch/relying.js';
import { eventually } from './eventually.js';
import { openJobLab, scripted, settled, type JobLab, type LabOptions } from './job-lab.js';

type Handle = Awaited<ReturnType<JobLab['start']>>;

/** A lab whose project is watched, and a job in it that relies on that, as long as the tests need it. */
export interface WatchedLab extends JobLab {
  companion: Handle;
  /** So many jobs the lab itself has started. */
  ownJobs: number;
}

/** More jobs at the same time than the sandbox takes by default. */
const WORKERS = 1_000;

/** A list counts only once it has shown an end in time, so a job has to end first. */
export async function openWatchedLab(
  server: Parameters<typeof openJobLab>[0],
  options: LabOptions = {},
): Promise<WatchedLab> {
  const lab = await openJobLab(server, { watch: true, ...options });
  await lab.sandbox.settings({ workers: WORKERS });
  const companions = await startCompanions((input) => lab.start(input));
  const [companion] = companions;
  await settled(await lab.start(scripted({ durationSeconds: 5 })));
  await eventually(async () => {
    const { watched } = await companion.query<JobSnapshot>('job');
    if (!watched) throw new Error('the job is not watched yet');
  });
  return {
    ...lab,
    companion,
    ownJobs: companions.length + 1,
    async close() {
      await Promise.all(companions.map((one) => one.terminate()));
      await lab.close();
    },
  };
}

/** As many jobs that last as it takes until a project is worth a list. */
export async function startCompanions(start: (input: object) => Promise<Handle>): Promise<[Handle, ...Handle[]]> {
  const first = await start(scripted({ durationSeconds: 3_000 }));
  const others = Array.from({ length: RELYING_MIN - 1 }, () => start(scripted({ durationSeconds: 3_000 })));
  return [first, ...(await Promise.all(others))];
}
