import { PipelineFailedError } from '../../client/errors.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { PipelineInput, TaskInput } from '../../job/pipeline/input.js';
import type { PipelineView } from '../../job/pipeline/view.js';
import { countsText } from '../../job/wait/status-counts.js';
import { paintStatus } from '../text/output.js';
import { watch } from '../follow/watch.js';
import { endRow, type DemoRow } from './demo-row.js';
import type { Stage } from './play.js';
import { stopwatch } from './stopwatch.js';

/** A pipeline of the demo, and how it should end. */
export interface DemoPipeline {
  /** Its row in the table of runs. */
  title: string;
  input: PipelineInput;
  expected: string;
}

/** The demo's pipeline in the project of a connection. */
export function demoPipeline(connection: string): DemoPipeline {
  return {
    title: 'a pipeline in three phases',
    input: threePhases(connection),
    // `continueOnFailure` lets the pipeline go on after the warning, but its status shows the warning.
    expected: 'warning',
  };
}

/** Three phases, a pipeline within one of them, a job that spawns others, and a branch that ends with a warning. */
function threePhases(connection: string): PipelineInput {
  const job = (id: string, component: string, config: string): TaskInput => ({
    id,
    job: { connection, component, config },
  });
  const marts: PipelineInput = {
    name: 'marts',
    phases: [
      { name: 'stage', tasks: [job('stage', 'keboola.snowflake-transformation', 'success')] },
      { name: 'test', tasks: [job('test', 'keboola.ex-http', 'success')] },
    ],
  };
  return {
    // Only one pipeline of a name runs at a time.
    name: connection === DEFAULT_CONNECTION ? 'demo' : `demo-${connection}`,
    phases: [
      {
        name: 'extract',
        tasks: [
          job('orders', 'keboola.ex-db-mysql', 'parent'),
          { ...job('prices', 'keboola.ex-db-mysql', 'warning'), continueOnFailure: true },
        ],
      },
      { name: 'transform', tasks: [{ id: 'marts', pipeline: marts }] },
      { name: 'load', tasks: [job('sheets', 'keboola.wr-google-sheets', 'success')] },
    ],
  };
}

/** Plays a pipeline to its end. */
export async function playPipeline(
  { input, expected }: DemoPipeline,
  row: DemoRow,
  { keboola, changed }: Stage,
): Promise<void> {
  const tookMs = stopwatch();
  const { handle } = await keboola.startPipeline(input);
  row.workflowId = handle.workflowId;
  const watched = watch(
    handle.result(),
    () => handle.view(),
    (observed) => {
      row.line = 'silence' in observed ? observed.silence : viewLine(observed.snapshot);
      changed();
    },
  );
  const told = await watched.then(({ status }) => status, failureType);
  endRow(row, { told }, expected, tookMs());
  changed();
}

/** The phase that runs, or ran last. */
function viewLine({ status, phases }: PipelineView): string {
  const phase = phases.filter((one) => one.status !== 'not-started').at(-1);
  return phase ? `${paintStatus(status)} · ${phase.name}: ${countsText(phase.counts)}` : paintStatus(status);
}

function failureType(error: unknown): string {
  if (error instanceof PipelineFailedError) return error.type;
  throw error;
}
