import type { Conductor, Job } from '../../job-record.js';
import { RetryConductor } from './retry-conductor.js';
import type { NewQueueJob, Placing, QueueRequest, Submit } from '../new-queue-job.js';
import type { World } from '../../world.js';
import { below } from './below.js';
import type { FlowContent, FlowTask } from './flow-content.js';

/** What a flow of either kind is made of. */
export interface FlowPlan {
  content: FlowContent;
  request: QueueRequest;
  submit: Submit;
}

/** A task that was begun, with its job if it has one. */
export interface TaskRun {
  task: FlowTask;
  job: Job | undefined;
}

interface Above {
  /** The job whose run id the task's run id begins with: the flow, or its phase. */
  parent: Job;
  flowId: string;
}

/** Creates the job of a task: a plain one or, with retries, a container around the attempts. */
export function submitTask(world: World, submit: Submit, { parent, flowId }: Above, task: FlowTask): TaskRun {
  const { request, id, phase, retry, continueOnFailure } = task;
  if (request === undefined) return { task, job: undefined };
  const placing: Placing = {
    orchestrationJobId: flowId,
    orchestrationTaskId: id,
    orchestrationPhaseId: phase,
    onError: continueOnFailure ? 'warning' : 'stop',
  };
  const asked: NewQueueJob = { ...below(parent), request: inBranch(request, parent), placing };
  if (retry === undefined) return { task, job: submit(world, asked) };
  const conductor: Conductor = new RetryConductor(world, { submit, asked, retry });
  const container = { ...asked, placing: { ...placing, type: 'retryContainer' as const }, conductor, hasOwnLock: true };
  return { task, job: submit(world, container) };
}

function inBranch(request: QueueRequest, { facts }: Job): QueueRequest {
  return { ...request, branchId: facts.queue?.branchId };
}
