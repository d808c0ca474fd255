import type { JobSnapshot } from '../../src/job/messages.js';
import { eventually } from './eventually.js';
import { openJobLab, scripted, settled, type JobLab, type LabOptions } from './job-lab.js';

/** A lab whose project is watched, and a job in it that relies on that, as long as the tests need it. */
export interface WatchedLab extends JobLab {
  companion: Awaited<ReturnType<JobLab['start']>>;
}

/** A list counts only once it has shown an end in time, so a job has to end first. */
export async function openWatchedLab(
  server: Parameters<typeof openJobLab>[0],
  options: LabOptions = {},
): Promise<WatchedLab> {
  const lab = await openJobLab(server, { watch: true, ...options });
  const companion = await lab.start(scripted({ durationSeconds: 3_000 }));
  await settled(await lab.start(scripted({ durationSeconds: 5 })));
  await eventually(async () => {
    const { watched } = await companion.query<JobSnapshot>('job');
    if (!watched) throw new Error('the job is not watched yet');
  });
  return { ...lab, companion };
}
