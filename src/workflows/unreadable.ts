import { RawValue, type Payload, type PayloadConverter } from '@temporalio/common';
import { CancellationScope, patched, type WorkflowInterceptors } from '@temporalio/workflow';
import type { Activator } from '@temporalio/workflow/lib/internals.js';
import { nudgeSignal } from '../job/messages.js';
import { cut } from '../job/text/well-formed.js';
import { asItCame, whyUndecoded } from '../job/failure/undecoded.js';
import { ourMark } from '../job/life/patch-marks.js';
import { failure } from './failures.js';

type Internals = NonNullable<WorkflowInterceptors['internals']>[number];
type Inbound = NonNullable<WorkflowInterceptors['inbound']>[number];
type Reading = Required<Pick<Internals, 'activate'>> & Required<Pick<Inbound, 'execute'>>;

/** A parser may quote much of what it could not read. */
const PROBLEM_LENGTH_MAX = 300;
const ADVICE = 'Start it with JSON that the workers of this task queue can decode; nothing was created.';

/** What becomes of a workflow whose input is not read; a marker says so in its history. */
const UNREAD = ['refused', 'cancelled before a worker had the key'] as const;
type Unread = (typeof UNREAD)[number];

/**
 * Keeps a client's payload that cannot be decoded (encrypted for others, or broken) from blocking one of our workflows
 * forever, deaf to its cancellation. Such an input is refused, such a nudge counts without its reason, arguments of a
 * query are ignored, and a field of the memo stays as it is. The SDK itself refuses such an update.
 *
 * An input whose key this worker lacks fails the workflow task until a worker has the key, or until the workflow is
 * cancelled: its sender meant it, and Temporal retries the task, every ten minutes at least.
 *
 * What the workflow itself has written, results of activities above all, must go on failing the task: a worker without
 * the key must not guess what was created. The same holds for an input that was decoded before, in a replay or in a run
 * that continues another one. A replay, for example for a query of the closed workflow, learns only from the marker of
 * the first task that the input was not decoded: another worker, or the same one later, may be able to decode it.
 */
export function readingWhatCanBeRead(activator: Activator): Reading {
  const strict = activator.payloadConverter;
  // Up to the first activation the SDK decodes only the memo and the end of the run before.
  activator.payloadConverter = keepingUnread(strict);
  let unread: Unread | undefined;
  let problem: string | undefined;
  return {
    activate: (input, next) => {
      activator.payloadConverter = strict;
      const jobs = input.activation.jobs ?? [];
      const isCancelled = jobs.some(({ cancelWorkflow }) => cancelWorkflow);
      for (const { initializeWorkflow: start, signalWorkflow: signal, queryWorkflow: query } of jobs) {
        if (signal?.signalName === nudgeSignal.name) signal.input = readableOf(signal.input ?? [], strict, activator);
        // None of our queries takes arguments; undecodable ones that come with a task would fail it.
        if (query) query.arguments = [];
        if (!start?.arguments) continue;
        if (activator.info.unsafe.isReplaying) {
          unread = unreadBefore();
        } else if (!continuesDecoded(activator)) {
          problem = problemOf(start.arguments, strict, activator);
          if (problem !== undefined) unread = unreadNow(start.arguments, isCancelled);
        }
        // Arguments that are left as they are fail the task if they cannot be decoded.
        if (unread) start.arguments = [];
      }
      next(input);
    },
    execute: (input, next) => {
      // Nothing was created, so there is nothing to stop.
      if (unread === 'cancelled before a worker had the key') return CancellationScope.current().cancelRequested;
      if (unread === undefined) return next(input);
      // A worker that replays may be able to decode the input, and then has no problem to name; nobody reads this message.
      return Promise.reject(failure('InvalidInput', `The input cannot be read: ${problem ?? ''}. ${ADVICE}`));
    },
  };
}

/** What becomes of an input that has come just now. @returns undefined for one that is to be decoded, or to fail the task. */
function unreadNow(args: readonly Payload[], isCancelled: boolean): Unread | undefined {
  const waitsForKey = args.some(lacksKey);
  if (waitsForKey && !isCancelled) return undefined;
  const becomes = waitsForKey ? 'cancelled before a worker had the key' : 'refused';
  patched(markOf(becomes));
  return becomes;
}

/** In a replay `patched` is true where the history has the marker. */
function unreadBefore(): Unread | undefined {
  return UNREAD.find((becomes) => patched(markOf(becomes)));
}

function markOf(becomes: Unread): string {
  return ourMark(`input not read, ${becomes}`);
}

function continuesDecoded({ info }: Activator): boolean {
  return info.continuedFromExecutionRunId !== undefined && info.attempt === 1;
}

/** A nudge without its reason still counts. */
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
