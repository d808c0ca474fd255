import { RawValue, type Payload, type PayloadConverter } from '@temporalio/common';
import { CancellationScope, type WorkflowInterceptors } from '@temporalio/workflow';
import type { Activator } from '@temporalio/workflow/lib/internals.js';
import { nudgeSignal } from '../job/messages.js';
import { cut } from '../job/text/well-formed.js';
import { asItCame, whyUndecoded } from '../job/failure/undecoded.js';
import { failure } from './failures.js';

type Internals = NonNullable<WorkflowInterceptors['internals']>[number];
type Inbound = NonNullable<WorkflowInterceptors['inbound']>[number];
type Reading = Required<Pick<Internals, 'activate'>> & Required<Pick<Inbound, 'execute'>>;

/** A parser may quote a good part of what it could not read. */
const PROBLEM_LENGTH_MAX = 300;
const ADVICE = 'Start it with JSON that the workers of this task queue can decode; nothing was created.';

/**
 * Lets nothing that a client sends and that cannot be decoded (encrypted for others, broken) hold one of our workflows for
 * ever, deaf to its cancellation: an input is refused, a nudge counts without what comes with it, what comes with a query is
 * not looked at, a field of the memo stays as it is. The SDK itself refuses an update of that kind.
 *
 * An input whose key is not here fails the task until a worker has it, or until the workflow is cancelled: whoever has
 * started it means it, and Temporal asks again, every ten minutes at least.
 *
 * What the workflow has written itself, results of activities above all, must go on failing the task: a worker without its
 * key may not guess what was created. The same holds for an input that was read once, in a replay and in a run that goes on
 * from another one.
 */
export function readingWhatCanBeRead(activator: Activator): Reading {
  const strict = activator.payloadConverter;
  // Up to the first activation the SDK decodes nothing but the memo and the end of the run before.
  activator.payloadConverter = keepingUnread(strict);
  let problem: string | undefined;
  /** Its key is not here, and may be with another worker. */
  let waitsForKey = false;
  return {
    activate: (input, next) => {
      activator.payloadConverter = strict;
      const jobs = input.activation.jobs ?? [];
      const isCancelled = jobs.some(({ cancelWorkflow }) => cancelWorkflow);
      for (const { initializeWorkflow: start, signalWorkflow: signal, queryWorkflow: query } of jobs) {
        if (signal?.signalName === nudgeSignal.name) signal.input = readableOf(signal.input ?? [], strict, activator);
        // No query of ours takes any; one that comes with a task would fail the task.
        if (query) query.arguments = [];
        if (!start?.arguments || wasReadBefore(activator)) continue;
        problem = problemOf(start.arguments, strict, activator);
        if (problem === undefined) continue;
        waitsForKey = start.arguments.some(lacksKey);
        // Left as it is it fails the task.
        if (!waitsForKey || isCancelled) start.arguments = [];
      }
      next(input);
    },
    execute: (input, next) => {
      // Nothing was created, so there is nothing to be stopped.
      if (waitsForKey) return CancellationScope.current().cancelRequested;
      if (problem === undefined) return next(input);
      return Promise.reject(failure('InvalidInput', `The input cannot be read: ${problem}. ${ADVICE}`));
    },
  };
}

function wasReadBefore({ info }: Activator): boolean {
  const goesOn = info.continuedFromExecutionRunId !== undefined && info.attempt === 1;
  return goesOn || info.unsafe.isReplaying;
}

/** A nudge without its reason is one, too. */
function readableOf(payloads: Payload[], converter: PayloadConverter, activator: Activator): Payload[] {
  return problemOf(payloads, converter, activator) === undefined ? payloads : [];
}

function problemOf(payloads: readonly Payload[], converter: PayloadConverter, { info }: Activator): string | undefined {
  const { namespace, workflowId } = info;
  try {
    for (const payload of payloads) converter.fromPayload(payload, { type: 'workflow', namespace, workflowId });
    return undefined;
  } catch (error) {
    return cut(error instanceof Error ? error.message : String(error), PROBLEM_LENGTH_MAX);
  }
}

function lacksKey(payload: Payload): boolean {
  return whyUndecoded(payload) !== undefined;
}

function keepingUnread(converter: PayloadConverter): PayloadConverter {
  return {
    toPayload: (value, context, hint) => converter.toPayload(value, context, hint),
    fromPayload: (payload, context, hint) => {
      try {
        return converter.fromPayload(payload, context, hint);
      } catch {
        return RawValue.fromPayload(asItCame(payload)) as never;
      }
    },
  };
}
