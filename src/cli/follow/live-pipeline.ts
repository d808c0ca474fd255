import type { PipelineHandle } from '../../client/handles/pipeline-handle.js';
import type { PipelineResult } from '../../job/pipeline/result.js';
import type { PipelineView, TaskView } from '../../job/pipeline/view.js';
import { drawWhile } from './draw.js';
import type { Output } from '../text/output.js';
import { orLost } from './temporal-lost.js';
import type { Observed } from './watch.js';
import { fittedTree, taskText } from '../text/pipeline-tree.js';
import { watchPipeline } from './watch-pipeline.js';
import { terminal } from '../../operate/terminal.js';

const ROWS_WITHOUT_TERMINAL = 24;

/** Follows a pipeline on the terminal: a tree that draws over itself, or one line per change where nobody looks on. */
export async function followPipelineLive(handle: PipelineHandle, output: Output): Promise<PipelineResult> {
  return await orLost(handle, () => (output.live ? followDrawn(handle, output) : followInLines(handle, output)));
}

async function followDrawn(handle: PipelineHandle, output: Output): Promise<PipelineResult> {
  let seen: Observed<PipelineView> | undefined;
  const render = (wheel: string): string => {
    if (!seen) return `${wheel} starting`;
    if ('silence' in seen) return `${wheel} ${seen.silence}`;
    const rows = (terminal.rows() ?? ROWS_WITHOUT_TERMINAL) - 1;
    return fittedTree(seen.snapshot, wheel, Date.now(), rows).join('\n');
  };
  return await drawWhile(output, render, () => watchPipeline(handle, (observed) => (seen = observed)));
}

async function followInLines(handle: PipelineHandle, output: Output): Promise<PipelineResult> {
  const told = new Map<string, string>();
  const tell = (where: string, key: string, line: string): void => {
    if (told.get(where) !== key) output.say(line);
    told.set(where, key);
  };
  return await watchPipeline(handle, (observed) => {
    if ('silence' in observed) {
      tell('', observed.silence, observed.silence);
      return;
    }
    tell('', '', `Pipeline ${observed.snapshot.name}, run id ${observed.snapshot.rootRunId}`);
    for (const { where, task } of begunTasks(observed.snapshot, '')) {
      tell(where, changeKey(task), `${where} · ${taskText(task, Date.now())}`);
    }
  });
}

/** And those that never will, so that a reader sees what was left out. */
function begunTasks({ phases }: PipelineView, path: string): { where: string; task: TaskView }[] {
  return phases.flatMap(({ name, tasks }) =>
    tasks.flatMap((task) => {
      const where = `${path}${name}`;
      const nested = task.pipeline ? begunTasks(task.pipeline, `${where} / ${task.id} / `) : [];
      return [
        ...(task.attempt === undefined && task.status !== 'skipped' ? [] : [{ where: `${where} / ${task.id}`, task }]),
        ...nested,
      ];
    }),
  );
}

function changeKey({ status, attempt, jobId }: TaskView): string {
  return [status, attempt, jobId].join('|');
}
