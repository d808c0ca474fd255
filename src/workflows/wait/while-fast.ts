import type { ActivityFunction } from '@temporalio/common';
import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { FastStepName, KeboolaActivities } from '../../job/activities.js';

/** The summary of a step, and its options as a normal activity. A cancellation drops it at once. */
export type FastStep = Omit<ActivityOptions, 'cancellationType'> & { summary: string };

type FastSteps = Record<FastStepName, ActivityFunction>;
type RequestOf<Name extends FastStepName> = Parameters<KeboolaActivities[Name]>[0];
type AnswerOf<Name extends FastStepName> = Awaited<ReturnType<KeboolaActivities[Name]>>;
type Step<Request, Answer> = (request: Request) => Promise<Answer>;

/** A step that is fast where it can be; `StormGauge` tells whether signals come in a storm. */
export type FastActivity<Request, Answer> = (request: Request, how: { isStorm: boolean }) => Promise<Answer>;

/**
 * Runs a step as a local activity and, if that is too slow or fails, once more as a normal one, which is as patient as
 * its options say. Only for steps that may run twice.
 *
 * A local activity holds the workflow task: until it has ended, the workflow hears no query, update or cancellation. So
 * it has less than the second in which those are to be answered, and less than two in a worker that has no room for it.
 * A timer and a read then take 6 events, instead of 11 with a normal activity.
 *
 * During a storm of signals the caller asks for the normal activity at once, see `StormGauge`.
 *
 * Even a refusal is asked for again: a workflow that closes in its first workflow task leaves nobody the time to be
 * told why, and a failed activity is what people look for in the Web UI.
 *
 * @throws what the normal activity throws; the cancellation of the caller.
 */
export function whileFast<Name extends FastStepName>(
  { summary, ...options }: FastStep,
  name: Name,
): FastActivity<RequestOf<Name>, AnswerOf<Name>> {
  const local: FastSteps = proxyLocalActivities<FastSteps>({
    summary,
    startToCloseTimeout: '700ms',
    scheduleToCloseTimeout: '2s',
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry: { maximumAttempts: 1 },
  });
  const normal: FastSteps = proxyActivities<FastSteps>({
    ...options,
    summary,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });
  return fastOrPatient<RequestOf<Name>, AnswerOf<Name>>(local[name], normal[name]);
}

function fastOrPatient<Request, Answer>(
  fast: Step<Request, Answer>,
  patient: Step<Request, Answer>,
): FastActivity<Request, Answer> {
  return (request, { isStorm }) => {
    if (isStorm) return patient(request);
    // With `catch`: an async function would add two promises to each read, and the SDK traces every one.
    return fast(request).catch((error: unknown) => {
      // A worker that shuts down may cancel what it runs, although nobody has cancelled the workflow.
      if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
      return patient(request);
    });
  };
}
