import type { temporal } from '@temporalio/proto';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** A normal activity and the workflow task after it. */
const EVENTS_OF_SLOW_STEP = 6;

/** Events of a history that are there only because the machine was busy now and then. */
export function lateEvents(events: readonly HistoryEvent[]): number {
  const ofTasks = events.map(({ workflowTaskTimedOutEventAttributes: late }) => {
    if (!late) return 0;
    // That it is over, and the next one is scheduled and, where a worker had taken up the first one, started.
    return Number(late.startedEventId ?? 0) > 0 ? 3 : 2;
  });
  return EVENTS_OF_SLOW_STEP * slowSteps(events) + ofTasks.reduce((sum: number, count) => sum + count, 0);
}

/** How many local steps of a history may have been done more than once, since the machine was busy. */
export function stepsAgain(events: readonly HistoryEvent[]): number {
  return slowSteps(events) + events.filter((event) => event.workflowTaskTimedOutEventAttributes).length;
}

/** Each is done once more as a normal activity. */
function slowSteps(events: readonly HistoryEvent[]): number {
  return events.filter(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled && scheduled.activityType?.name !== 'createJob',
  ).length;
}
