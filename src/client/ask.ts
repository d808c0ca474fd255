import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import type { QuestionName, Questions } from '../job/questions.js';
import { obstacleQuery } from '../job/messages.js';
import { plainInMarkdown } from '../job/text/plain-in-markdown.js';
import { checkQuestion } from '../input/check-question.js';
import type { InputRules } from '../input/input-problem.js';
import { cutOffError, failedError } from './handles/closed-error.js';
import { JobCanceledError, JobFailedError, NoWorkerError, stalledWords } from './errors.js';
import { hasPollers } from '../temporal/pollers.js';
import { findStalled } from '../temporal/stalled-workflows.js';
import { obstacleOf } from './handles/obstacle.js';
import type { StartPlace } from './start-workflow.js';
import { valid } from './valid.js';
import { questionWorkflowId } from './workflow-id.js';

/** A live worker takes up a workflow within a second, on a busy machine within many seconds. */
const TAKEN_UP_MS_MAX = 15_000;
/** After this long we check whether there is a worker at all; a worker started together with us is polling by then. */
const LOOK_FOR_WORKERS_MS = 3_000;
/** History events of a workflow that no worker has touched: its start, and the scheduled workflow task. */
const UNTOUCHED_EVENTS = 2;
const UNTOUCHED = Symbol('untouched');
/** Far more than any question takes; it keeps a forgotten question from staying open for ever. */
const EXECUTION_TIMEOUT = '1h';
/** A worker that polls but does not answer is unhealthy, or its version does not know the question. */
const SHORTER: Partial<Record<QuestionName, '30s'>> = { describeWorker: '30s' };

/** What is needed to start a short workflow that answers a question. */
export interface Asking extends StartPlace {
  rules: InputRules;
  onObstacle?: OnObstacle | undefined;
}

/** Is told why a question takes long, e.g. that Keboola does not answer. The same reason is not repeated in a row. */
export type OnObstacle = (words: string) => void;

const LOOK_MS = 1_000;
const TELL_MS_MAX = 2_000;
/** A workflow task that failed once may succeed on its retry. Temporal counts attempts from one. */
const REPEATED_ATTEMPT = 3;

/**
 * Runs a short workflow and waits for its answer.
 *
 * @throws InvalidInputError before anything is sent; NoWorkerError when there is no worker, or none takes up the
 * workflow within 15 s: it is then terminated and has done nothing; JobFailedError with a type from the closed list, or
 * `Terminated` when a worker took up the workflow in the very instant in which we terminated it; JobCanceledError.
 */
export async function ask<Name extends QuestionName>(
  { client, taskQueue, rules, onObstacle }: Asking,
  name: Name,
  input: Questions[Name]['input'],
): Promise<Questions[Name]['answer']> {
  const checked = valid(checkQuestion(name, input, rules));
  const handle = await client.workflow.start(name, {
    workflowId: questionWorkflowId(name, checked.connection),
    taskQueue,
    args: [checked],
    workflowExecutionTimeout: SHORTER[name] ?? EXECUTION_TIMEOUT,
    staticSummary: summaryOf(name, checked),
  });
  const over = new AbortController();
  if (onObstacle) void tellObstacles(() => obstacleIn(client, handle, name), onObstacle, over.signal);
  try {
    const result: Promise<unknown> = handle.result();
    const answer: unknown = await Promise.race([
      result,
      untilFoundUntouched(handle, () => hasPollers(client, taskQueue), over.signal),
    ]);
    if (answer !== UNTOUCHED) return answer;
    // If the workflow has closed in the same instant, it has an answer after all.
    if (!(await terminated(handle))) return await result;
    const noWorker = new NoWorkerError(handle.workflowId, { taskQueue, namespace: client.options.namespace });
    throw (await isUntouched(handle, UNTOUCHED_EVENTS + 1)) ? noWorker : takenUpTooLate(handle.workflowId);
  } catch (error) {
    throw closedError(handle.workflowId, error);
  } finally {
    over.abort();
  }
}

/** The loop is bounded by the end of the workflow: `ask` aborts `over` then. */
async function tellObstacles(
  look: () => Promise<string | undefined>,
  tell: OnObstacle,
  over: AbortSignal,
): Promise<void> {
  let last: string | undefined;
  while (!isOver(over)) {
    await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
    const obstacle = isOver(over) ? undefined : await look();
    if (obstacle !== undefined && obstacle !== last && !isOver(over)) tell(obstacle);
    last = obstacle ?? last;
  }
}

async function obstacleIn(client: Client, handle: WorkflowHandle, name: QuestionName): Promise<string | undefined> {
  try {
    const description = await handle.describe();
    const { workflowId, runId, raw, historyLength } = description;
    const isRepeated = (raw.pendingWorkflowTask?.attempt ?? 0) >= REPEATED_ATTEMPT;
    const stalled = isRepeated ? await findStalled(client, { workflowId, runId }) : undefined;
    if (stalled) return stalledWords(stalled.message);
    const told = await obstacleOf(client, description);
    const isTakenUp = historyLength > UNTOUCHED_EVENTS;
    if (told !== undefined || name !== 'callAction' || !isTakenUp) return told;
    // The workflow itself decides whether to call an action again, so no pending activity shows a failure: query it.
    return await client.withDeadline(Date.now() + TELL_MS_MAX, () => handle.query(obstacleQuery));
  } catch {
    return undefined;
  }
}

/** A function, so that TypeScript does not narrow `aborted`: it can change during an await. */
function isOver(over: AbortSignal): boolean {
  return over.aborted;
}

/** Never settles once a worker has taken up the workflow. The loop is bounded as that of `tellObstacles`. */
async function untilFoundUntouched(
  handle: WorkflowHandle,
  areThereWorkers: () => Promise<boolean | undefined>,
  over: AbortSignal,
): Promise<typeof UNTOUCHED> {
  await sleep(LOOK_FOR_WORKERS_MS, undefined, { signal: over }).catch(() => undefined);
  const isInVain = !isOver(over) && (await areThereWorkers()) === false;
  if (!isInVain) await sleep(TAKEN_UP_MS_MAX - LOOK_FOR_WORKERS_MS, undefined, { signal: over }).catch(() => undefined);
  let untouched: boolean | undefined;
  while (untouched === undefined && !isOver(over)) {
    // A look that fails says nothing about the workflow, so it must not end the question.
    untouched = await isUntouched(handle, UNTOUCHED_EVENTS).catch(() => undefined);
    if (untouched === undefined) await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
  }
  return untouched ? UNTOUCHED : await new Promise<never>(() => undefined);
}

async function isUntouched(handle: WorkflowHandle, events: number): Promise<boolean> {
  return (await handle.describe()).historyLength <= events;
}

/** Terminates a workflow that nobody waits for any more. @returns false if it has closed by itself. */
async function terminated(handle: WorkflowHandle): Promise<boolean> {
  try {
    await handle.terminate('No worker picked it up.');
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function takenUpTooLate(workflowId: string): JobFailedError {
  return new JobFailedError(
    workflowId,
    'Terminated',
    'A worker picked up the workflow just as it was terminated for lack of a worker. ' +
      'It may already have called Keboola; check there before you try again.',
  );
}

function closedError(workflowId: string, error: unknown): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  if (error.cause instanceof CancelledFailure) return new JobCanceledError(workflowId);
  return cutOffError(workflowId, error.cause) ?? failedError(workflowId, error.cause, error.message);
}

function summaryOf(name: QuestionName, input: object): string {
  const about = ['component', 'action', 'config', 'jobId'].flatMap((field) => {
    const value = (input as Record<string, unknown>)[field];
    return typeof value === 'string' ? [value] : [];
  });
  return plainInMarkdown([name, ...about].join(' / '));
}
