import { FAST_STEPS, type FastStepName, type KeboolaActivities } from '../job/activities.js';
import { urgently } from '../keboola/http/urgently.js';
import { FastSteps } from './fast-steps.js';
import { withHeartbeat } from './with-heartbeat.js';

type Name = keyof KeboolaActivities;

/**
 * What wraps an activity that is not fast. `beating` sends heartbeats. `urgent` does too, and its requests go before
 * others. `bare` adds nothing: the activity's own heartbeats carry a meaning, or it takes only a moment.
 */
const HOW: Record<Exclude<Name, FastStepName>, 'beating' | 'urgent' | 'bare'> = {
  createJob: 'bare',
  drawId: 'beating',
  searchJob: 'beating',
  findForeignJobs: 'beating',
  killJob: 'urgent',
  stopDescendants: 'urgent',
  readDescendants: 'beating',
  cancelWorkflow: 'bare',
  checkPipeline: 'beating',
  findRunningChildren: 'beating',
  lookAtChildren: 'beating',
  readChildJob: 'bare',
  lostSearchAttributes: 'bare',
  callAction: 'bare',
  listComponents: 'beating',
  readLogs: 'beating',
  readRerunPlan: 'beating',
  readStatistics: 'beating',
  describeWorker: 'beating',
  resolveConfiguration: 'beating',
  createStorageJob: 'bare',
  searchStorageJob: 'beating',
  uploadCsv: 'beating',
  uploadFile: 'bare',
  removeUploaded: 'beating',
  downloadCsv: 'beating',
  downloadFile: 'bare',
  watchJobs: 'bare',
};

/** Any activity: each takes one input at most. */
type Step = (input: unknown) => Promise<unknown>;

/** Wraps each activity in what it needs besides its own work; see `FAST_STEPS` and `HOW`. */
export function dressed(
  /** The connections of the worker. */
  connections: { find: (name: string) => unknown },
  steps: KeboolaActivities,
): KeboolaActivities {
  const fast = new FastSteps(connections);
  const dress = (name: Name, step: Step): Step => {
    if (isFast(name)) return (input) => fast.run(name, input, () => step(input));
    switch (HOW[name]) {
      case 'beating':
        return (input) => withHeartbeat(() => step(input));
      case 'urgent':
        return (input) => withHeartbeat(() => urgently(() => step(input)));
      case 'bare':
        return step;
    }
  };
  const named = Object.entries(steps) as [Name, Step][];
  return Object.fromEntries(named.map(([name, step]) => [name, dress(name, step)])) as unknown as KeboolaActivities;
}

function isFast(name: Name): name is FastStepName {
  return (FAST_STEPS as readonly Name[]).includes(name);
}
