import type { SeenJob } from '../../client/handles/moved.js';
import type { PipelineView, TaskView } from '../../job/pipeline/view.js';
import { terminal } from '../../operate/terminal.js';
import { snapshotLine } from '../text/job-text.js';
import { fittedTree, taskText } from '../text/pipeline-tree.js';

/** How to show the progress of a workflow. */
export interface Picture<View> {
  /** For a person who is watching, with a spinning wheel. */
  drawn: (view: View, wheel: string, elapsed: string) => string;
  /** For a log. */
  lines: (view: View) => Line[];
}

/** Written only if its key differs from that of the last line about the same thing. */
export interface Line {
  about: string;
  key: string;
  text: string;
}

/** A job is one line. */
export const JOB_PICTURE: Picture<SeenJob> = {
  drawn: (snapshot, wheel, elapsed) => `${wheel} ${snapshotLine(snapshot)} ${elapsed}`,
  lines: (snapshot) => {
    const { stage, job, note } = snapshot;
    // If the workflow closed without a job, its result or failure says why.
    if (stage === 'closed' && !job) return [];
    return [{ about: '', key: [stage, job?.jobId, job?.status, note].join('|'), text: snapshotLine(snapshot) }];
  },
};

const ROWS_WITHOUT_TERMINAL = 24;

/** A pipeline is a tree; in a log, it is a line per task. */
export const PIPELINE_PICTURE: Picture<PipelineView> = {
  drawn: (view, wheel) => {
    const rows = (terminal.rows() ?? ROWS_WITHOUT_TERMINAL) - 1;
    return fittedTree(view, wheel, Date.now(), rows).join('\n');
  },
  lines: (view) => [
    { about: '', key: '', text: `Pipeline ${view.name}, run id ${view.rootRunId}` },
    ...begunTasks(view, '').map(({ about, task }) => {
      const { status, attempt, jobId } = task;
      return { about, key: [status, attempt, jobId].join('|'), text: taskText(task, Date.now(), about) };
    }),
  ],
};

/** The tasks that have begun, and those that never will, so that a reader sees what was left out. */
function begunTasks({ phases }: PipelineView, path: string): { about: string; task: TaskView }[] {
  return phases.flatMap(({ name, tasks }) =>
    tasks.flatMap((task) => {
      // A phase is often named after its only task.
      const about = path + (name === task.id ? name : `${name} / ${task.id}`);
      const isBegun = task.attempt !== undefined || task.status === 'skipped';
      return [
        ...(isBegun ? [{ about, task }] : []),
        ...(task.pipeline ? begunTasks(task.pipeline, `${about} / `) : []),
      ];
    }),
  );
}
