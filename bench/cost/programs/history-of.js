/** Each run but the last goes on in another one; more than this would be a loop. */
const RUNS_MAX = 50;

/**
 * What Temporal holds of a workflow that has ended, all its runs together.
 *
 * @returns {Promise<{ events: number, bytes: number, workflowTasks: number, activities: number }>} `bytes` is 0 where a
 * server does not count; `activities` are the normal ones.
 */
export async function historyOf(client, { workflowId, runId, firstExecutionRunId }) {
  const sum = { events: 0, bytes: 0, workflowTasks: 0, activities: 0 };
  let next = runId ?? firstExecutionRunId;
  for (let runs = 0; next && runs < RUNS_MAX; runs += 1) {
    const run = client.workflow.getHandle(workflowId, next);
    const [{ historySize }, { events }] = await Promise.all([run.describe(), run.fetchHistory()]);
    sum.events += events.length;
    sum.bytes += historySize ?? 0;
    sum.workflowTasks += events.filter((event) => event.workflowTaskCompletedEventAttributes).length;
    sum.activities += events.filter((event) => event.activityTaskScheduledEventAttributes).length;
    next = events.at(-1).workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return sum;
}
