import type { PipelineInput } from '../job/pipeline/input.js';
import type { PipelineResult } from '../job/pipeline/result.js';
import { nextPhaseStarts } from '../job/pipeline/rules.js';
import { checkUntilAnswered } from './pipeline/check-until-answered.js';
import { liveAndClosePipeline } from './pipeline/live-and-close-pipeline.js';
import { PipelineLife } from './pipeline/pipeline-life.js';
import { runTask } from './pipeline/run-task.js';

/**
 * Runs jobs in phases: one phase after another, the tasks of a phase in parallel. A cancelled pipeline cancels the
 * tasks that run, waits for them, and starts no other.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function runPipeline(input: PipelineInput, carried?: unknown): Promise<PipelineResult> {
  const life = new PipelineLife(input, carried);
  return await liveAndClosePipeline(life, () => runPhases(life, input));
}

async function runPhases(life: PipelineLife, input: PipelineInput): Promise<void> {
  if (!life.isChecked) life.checked(await checkUntilAnswered(life, input));
  for (const phase of life.plan.phases.keys()) {
    await runPhase(life, phase);
    if (!nextPhaseStarts(life.statusOf(phase))) return;
  }
}

/** Starts tasks while there is room for them. Continues as new only when no task is open, since that would stop it. */
async function runPhase(life: PipelineLife, phase: number): Promise<void> {
  await life.formerChildren.beforePhase(life.plan, phase);
  const open = new Set<Promise<void>>();
  for (const task of life.waitingTasks(phase)) {
    if (life.cancelled || !life.hasRoomForTask()) break;
    const running: Promise<void> = runTask(life, task).finally(() => open.delete(running));
    open.add(running);
    if (open.size >= life.plan.maxParallel) await Promise.race(open);
  }
  await Promise.all(open);
  await life.rethrowCancellation();
  if (life.waitingTasks(phase).length > 0) await life.continueAsNew();
}
