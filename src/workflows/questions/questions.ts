import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { KeboolaActivities } from '../../job/activities.js';
import type {
  ComponentList,
  DescribeWorkerInput,
  JobLogs,
  ListComponentsInput,
  ReadLogsInput,
  ReadRerunPlanInput,
  RerunPlan,
  ResolveConfigurationInput,
  Statistics,
  StatisticsInput,
  WorkerDescription,
} from '../../job/questions.js';
import { checkedBy } from '../prepare/checked-by.js';
import { closingFailure } from '../failures.js';
import { checkStartTerms } from '../prepare/start-terms.js';
import { TRY_AGAIN_SOON } from '../wait/patience.js';

/**
 * The short workflows: each asks Keboola one thing and returns the answer, so that only a worker needs a token. A
 * question changes nothing, so it may be asked again; but somebody waits for the answer, so not for long.
 */
const ask = proxyActivities<KeboolaActivities>({
  ...TRY_AGAIN_SOON,
  startToCloseTimeout: '100s',
  scheduleToCloseTimeout: '2m',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** The components that have a configuration in the project, with their configurations. */
export async function listComponents(input?: ListComponentsInput): Promise<ComponentList> {
  return await answered(() => checkedBy(ask.listComponents, input));
}

/** What Keboola tells about a job: its message, exception id, and the latest events of it and of the jobs below it. */
export async function readLogs(input: ReadLogsInput): Promise<JobLogs> {
  return await answered(() => checkedBy(ask.readLogs, input));
}

/** Which tasks of a flow one of its jobs has run, and which are to be run again. */
export async function readRerunPlan(input: ReadRerunPlanInput): Promise<RerunPlan> {
  return await answered(() => checkedBy(ask.readRerunPlan, input));
}

/** For how long the jobs of a project have worked. */
export async function readStatistics(input?: StatisticsInput): Promise<Statistics> {
  return await answered(() => checkedBy(ask.readStatistics, input));
}

/** A stored configuration with its variables filled in, as Keboola answers it. */
export async function resolveConfiguration(input: ResolveConfigurationInput): Promise<unknown> {
  return await answered(() => checkedBy(ask.resolveConfiguration, input));
}

/** Asks the worker that takes the task who it is, and which projects it serves. */
export async function describeWorker(input?: DescribeWorkerInput): Promise<WorkerDescription> {
  return await answered(() => ask.describeWorker(input));
}

async function answered<T>(answer: () => Promise<T>): Promise<T> {
  try {
    checkStartTerms();
    return await answer();
  } catch (error) {
    throw closingFailure(error);
  }
}
