import { colors } from '../../operate/colors.js';
import type { EndedJob, JobHandle } from '../../client/handles/job-handle.js';
import type { JobSnapshot } from '../../job/messages.js';
import { drawWhile } from './draw.js';
import { snapshotLine } from '../text/job-text.js';
import type { Output } from '../text/output.js';
import { orLost } from './temporal-lost.js';
import { watchJob } from './watch-job.js';
import type { Observed } from './watch.js';

/** Follows one job on the terminal: a line that draws over itself, or one line per change where nobody looks on. */
export async function followLive<Result extends EndedJob>(handle: JobHandle<Result>, output: Output): Promise<Result> {
  return await orLost(handle, () => (output.live ? followDrawn(handle, output) : followInLines(handle, output)));
}

async function followDrawn<Result extends EndedJob>(handle: JobHandle<Result>, output: Output): Promise<Result> {
  const startedMs = Date.now();
  let line = 'starting';
  const render = (wheel: string): string =>
    `${wheel} ${line} ${colors.dim(`${Math.round((Date.now() - startedMs) / 1_000)} s`)}`;
  return await drawWhile(output, render, () => watchJob(handle, (observed) => (line = lineOf(observed))));
}

async function followInLines<Result extends EndedJob>(handle: JobHandle<Result>, output: Output): Promise<Result> {
  let last = '';
  return await watchJob(handle, (observed) => {
    const key = 'silence' in observed ? observed.silence : changeKey(observed);
    if (key !== last) output.say(lineOf(observed));
    last = key;
  });
}

function lineOf(observed: Observed<JobSnapshot>): string {
  return 'silence' in observed ? observed.silence : snapshotLine(observed.snapshot);
}

function changeKey({ snapshot: { stage, job, note } }: Extract<Observed<JobSnapshot>, { snapshot: unknown }>): string {
  return [stage, job?.jobId, job?.status, note].join('|');
}
