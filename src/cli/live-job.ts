import { stderr } from 'node:process';
import { createLogUpdate } from 'log-update';
import colors from 'picocolors';
import type { JobHandle } from '../client/job-handle.js';
import type { JobResult } from '../job/result.js';
import { snapshotLine } from './job-text.js';
import type { Output } from './output.js';
import { watchJob, type Sighting } from './watch-job.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

/** Follows one job on the terminal: a line that draws over itself, or one line per change where nobody looks on. */
export async function followLive(handle: JobHandle, output: Output): Promise<JobResult> {
  return output.live ? await followDrawn(handle, output) : await followInLines(handle, output);
}

async function followDrawn(handle: JobHandle, output: Output): Promise<JobResult> {
  const draw = createLogUpdate(stderr, { showCursor: true });
  output.makeRoom = () => draw.clear();
  const startedMs = Date.now();
  let line = 'starting';
  let frame = 0;
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - startedMs) / 1_000);
    draw(`${colors.cyan(FRAMES[frame++ % FRAMES.length] ?? '')} ${line} ${colors.dim(`${seconds} s`)}`);
  }, FRAME_MS);
  try {
    return await watchJob(handle, (sighting) => (line = lineOf(sighting)));
  } finally {
    clearInterval(timer);
    output.makeRoom = undefined;
    draw.clear();
    draw.done();
  }
}

async function followInLines(handle: JobHandle, output: Output): Promise<JobResult> {
  let last = '';
  return await watchJob(handle, (sighting) => {
    const key = 'silence' in sighting ? sighting.silence : changeKey(sighting);
    if (key !== last) output.say(lineOf(sighting));
    last = key;
  });
}

function lineOf(sighting: Sighting): string {
  return 'silence' in sighting ? sighting.silence : snapshotLine(sighting.snapshot);
}

function changeKey({ snapshot: { stage, job, note } }: Extract<Sighting, { snapshot: unknown }>): string {
  return [stage, job?.jobId, job?.status, note].join('|');
}
