import { colors } from '../../operate/colors.js';
import type { JobHandle } from '../../client/handles/job-handle.js';
import type { PipelineHandle } from '../../client/handles/pipeline-handle.js';
import type { WorkflowRun } from '../../client/handles/workflow-run.js';
import type { Output } from '../text/output.js';
import { drawWhile } from './draw.js';
import { JOB_PICTURE, PIPELINE_PICTURE, type Line, type Picture } from './pictures.js';
import { orLost } from './temporal-lost.js';
import { watch, type Observed } from './watch.js';

/** The handle of a workflow that can be followed and that has one kind of result. */
export type Followed<Result> = Pick<WorkflowRun<Result>, 'workflowId' | 'runId' | 'cancel' | 'result'> &
  (Pick<JobHandle, 'kind' | 'snapshot'> | Pick<PipelineHandle, 'kind' | 'view'>);

/** Follows a workflow: redrawn in place on a terminal, otherwise as one line per change. */
export async function followLive<Result>(handle: Followed<Result>, output: Output): Promise<Result> {
  const follow = output.live ? followDrawn : followInLines;
  return await orLost(handle, () =>
    handle.kind === 'pipeline'
      ? follow((report) => watch(handle.result(), () => handle.view(), report), PIPELINE_PICTURE, output)
      : follow((report) => watch(handle.result(), () => handle.snapshot(), report), JOB_PICTURE, output),
  );
}

type Watching<View, Result> = (report: (observed: Observed<View>) => void) => Promise<Result>;

async function followDrawn<View, Result>(
  watching: Watching<View, Result>,
  { drawn }: Picture<View>,
  output: Output,
): Promise<Result> {
  const startedMs = performance.now();
  let seen: Observed<View> = { silence: 'starting' };
  const render = (wheel: string): string => {
    const elapsed = colors.dim(`${Math.round((performance.now() - startedMs) / 1_000)} s`);
    return 'silence' in seen ? `${wheel} ${seen.silence} ${elapsed}` : drawn(seen.snapshot, wheel, elapsed);
  };
  return await drawWhile(output, render, () => watching((observed) => (seen = observed)));
}

async function followInLines<View, Result>(
  watching: Watching<View, Result>,
  { lines }: Picture<View>,
  output: Output,
): Promise<Result> {
  const told = new Map<string, string>();
  return await watching((observed) => {
    for (const { about, key, text } of 'silence' in observed ? [silent(observed)] : lines(observed.snapshot)) {
      if (told.get(about) !== key) output.say(text);
      told.set(about, key);
    }
  });
}

function silent({ silence }: { silence: string }): Line {
  return { about: '', key: silence, text: silence };
}
