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

/** What a step is called, and what it may do as a normal activity. It is dropped at once when somebody presses stop. */
export type FastStep = Omit<ActivityOptions, 'cancellationType'> & { summary: string };

type FastSteps = Record<FastStepName, ActivityFunction>;
type RequestOf<Name extends FastStepName> = Parameters<KeboolaActivities[Name]>[0];
type AnswerOf<Name extends FastStepName> = Awaited<ReturnType<KeboolaActivities[Name]>>;
type Step<Request, Answer> = (request: Request) => Promise<Answer>;

/** A step that is fast where it can be; whether signals come in a storm is told by `StormGauge`. */
export type FastActivity<Request, Answer> = (request: Request, how: { isStorm: boolean }) => Promise<Answer>;

/**
 * Does a step as a local activity, and where that is too slow or fails, once more as a normal one, which is as patient as
 * its options say. Only for what may be done twice.
 *
 * A local activity holds its workflow's task: until it has ended nobody hears a query, an update or a cancel. So it has
 * less than the second in which those are to be answered, and less than two in a worker that has no room for it. A timer
 * and a read are 6 events then, and 11 with a normal activity.
 *
 * Whoever is in the midst of a storm of signals asks for the normal one at once, see `StormGauge`.
 *
 * A refusal is asked about again, too: a workflow that closes in the task of its start leaves nobody the time to be told
 * why, and an activity that has failed is what people look for in the Web UI.
 *
 * @throws what the normal activity throws; a cancellation of whoever asks.
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
    // By `catch`: an async function would make two more promises of each read, and the SDK traces every one.
    return fast(request).catch((error: unknown) => {
      // A worker that is told to go may cancel what it has in hand; that is no wish of anybody's.
      if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
      return patient(request);
    });
  };
}
