import { FAST_STEPS, type FastStepName, type KeboolaActivities } from '../job/activities.js';
import { urgently } from '../keboola/http/urgently.js';
import { FastSteps } from './fast-steps.js';
import { withHeartbeat } from './with-heartbeat.js';

type Name = keyof KeboolaActivities;

/**
 * What wraps an activity that is not fast. `heartbeat` sends heartbeats. `urgent` does too, and its requests go before
 * others. `none` adds nothing: the activity's own heartbeats carry a meaning, or it takes only a moment.
 */
const WRAPPER_OF: Record<Exclude<Name, FastStepName>, 'heartbeat' | 'urgent' | 'none'> = {
  createJob: 'none',
  drawId: 'heartbeat',
  searchJob: 'heartbeat',
  findForeignJobs: 'heartbeat',
  killJob: 'urgent',
  stopDescendants: 'urgent',
  readDescendants: 'heartbeat',
  cancelWorkflow: 'none',
  checkPipeline: 'heartbeat',
  findRunningChildren: 'heartbeat',
  lookAtChildren: 'heartbeat',
  readChildJob: 'none',
  lostSearchAttributes: 'none',
  callAction: 'none',
  listComponents: 'heartbeat',
  readLogs: 'heartbeat',
  readRerunPlan: 'heartbeat',
  readStatistics: 'heartbeat',
  describeWorker: 'heartbeat',
  resolveConfiguration: 'heartbeat',
  createStorageJob: 'none',
  searchStorageJob: 'heartbeat',
  uploadCsv: 'heartbeat',
  uploadFile: 'none',
  removeUploaded: 'heartbeat',
  downloadCsv: 'heartbeat',
  downloadFile: 'none',
  watchJobs: 'none',
};

/** Any activity: each takes one input at most. */
type Step = (input: unknown) => Promise<unknown>;

/** Wraps each activity in what it needs besides its own work; see `FAST_STEPS` and `WRAPPER_OF`. */
export function wrapped(
  /** The connections of the worker. */
  connections: { find: (name: string) => unknown },
  steps: KeboolaActivities,
): KeboolaActivities {
  const fast = new FastSteps(connections);
  const wrap = (name: Name, step: Step): Step => {
    if (isFast(name)) return (input) => fast.run(name, input, () => step(input));
    switch (WRAPPER_OF[name]) {
      case 'heartbeat':
        return (input) => withHeartbeat(() => step(input));
      case 'urgent':
        return (input) => withHeartbeat(() => urgently(() => step(input)));
      case 'none':
        return step;
    }
  };
  const named = Object.entries(steps) as [Name, Step][];
  return Object.fromEntries(named.map(([name, step]) => [name, wrap(name, step)])) as unknown as KeboolaActivities;
}

function isFast(name: Name): name is FastStepName {
  return (FAST_STEPS as readonly Name[]).includes(name);
}
