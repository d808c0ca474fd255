import { answerQuestion } from './questions/answer-question.js';
import { readStatistics, resolveConfiguration } from './questions/ask-project.js';
import { lookAtChildren } from './pipeline/look-at-children.js';
import { callAction } from './questions/call-action.js';
import { cancelWorkflow } from './stop/cancel-workflow.js';
import { checkPipeline } from './pipeline/check-pipeline.js';
import { createJob } from './create/create-job.js';
import type { ActivityDeps } from './deps.js';
import { drawId } from './create/draw-id.js';
import { FastSteps } from './fast-steps.js';
import { describeWorker } from './describe-worker.js';
import { findRunningChildren } from './pipeline/find-running-children.js';
import { findForeignJobs } from './create/find-foreign-jobs.js';
import { reserveCapacity } from './create/reserve-capacity.js';
import { killJob } from './stop/kill-job.js';
import { listComponents } from './questions/list-components.js';
import { lostSearchAttributes } from './lost-search-attributes.js';
import { prepareAsyncAction } from './prepare/prepare-async-action.js';
import { prepareRun } from './prepare/prepare-run.js';
import { prepareWait } from './prepare/prepare-wait.js';
import { readChildJob } from './pipeline/read-child-job.js';
import { readDescendants } from './tree/read-descendants.js';
import { readJob } from './wait/read-job.js';
import { readLogs } from './questions/read-logs.js';
import { readRerunPlan } from './questions/read-rerun-plan.js';
import { searchJob } from './search/search-job.js';
import { stopDescendants } from './stop/stop-descendants.js';
import { createStorageJob } from './storage/create-storage-job.js';
import { downloadCsv } from './storage/download-csv.js';
import { downloadFile } from './storage/download-file.js';
import { prepareExport } from './storage/prepare-export.js';
import { prepareImport } from './storage/prepare-import.js';
import { prepareStorageJob } from './storage/prepare-storage-job.js';
import { removeUploaded } from './storage/remove-uploaded.js';
import { searchStorageJob } from './storage/search-storage-job.js';
import { uploadCsv } from './storage/upload-csv.js';
import { uploadFile } from './storage/upload-file.js';
import { urgently } from '../keboola/http/urgently.js';
import { watchJobs } from './watch/watch-jobs.js';
import { WatchRoom } from './watch/watch-room.js';
import { Watchers } from './watch/watchers.js';
import { withHeartbeat } from './with-heartbeat.js';
import type { KeboolaActivities } from '../job/activities.js';

/**
 * Binds the activities to what a worker has; register the result with `Worker.create({ activities })`.
 *
 * All but seven tell that they are alive: what `createJob`, `createStorageJob`, `callAction` and `watchJobs` tell has a
 * meaning of its own, and `cancelWorkflow`, `readChildJob` and `lostSearchAttributes` take a moment.
 */
export function createActivities(deps: ActivityDeps): KeboolaActivities {
  const fast = new FastSteps(deps.connections);
  const room = new WatchRoom(deps);
  const watchers = new Watchers(deps);
  return {
    prepareRun: (input) => fast.run('prepareRun', input, () => prepareRun(deps, input)),
    prepareAsyncAction: (input) => fast.run('prepareAsyncAction', input, () => prepareAsyncAction(deps, input)),
    prepareWait: (input) => fast.run('prepareWait', input, () => prepareWait(deps, input)),
    createJob: async (request) => watchers.answer(request.request, await createJob(deps, request)),
    reserveCapacity: (request) => fast.run('reserveCapacity', request, () => reserveCapacity(deps, request)),
    drawId: (request) => withHeartbeat(() => drawId(deps, request)),
    searchJob: (request) => withHeartbeat(() => searchJob(deps, request)),
    findForeignJobs: (request) => withHeartbeat(() => findForeignJobs(deps, request)),
    readJob: (request) =>
      fast.run('readJob', request, async () => watchers.answer(request, await readJob(deps, request))),
    killJob: (job) => withHeartbeat(() => urgently(() => killJob(deps, job))),
    stopDescendants: (request) => withHeartbeat(() => urgently(() => stopDescendants(deps, request))),
    readDescendants: (request) => withHeartbeat(() => readDescendants(deps, request)),
    cancelWorkflow,
    checkPipeline: (input) => withHeartbeat(() => checkPipeline(deps, input)),
    findRunningChildren: (firstRunId) => withHeartbeat(() => findRunningChildren(firstRunId)),
    lookAtChildren: (wanted) => withHeartbeat(() => lookAtChildren(wanted)),
    readChildJob,
    lostSearchAttributes,
    callAction: (input) => callAction(deps, input),
    listComponents: (input) => withHeartbeat(() => answerQuestion(deps, 'listComponents', input, listComponents)),
    readLogs: (input) => withHeartbeat(() => answerQuestion(deps, 'readLogs', input, readLogs)),
    readRerunPlan: (input) => withHeartbeat(() => answerQuestion(deps, 'readRerunPlan', input, readRerunPlan)),
    readStatistics: (input) => withHeartbeat(() => answerQuestion(deps, 'readStatistics', input, readStatistics)),
    describeWorker: (input) => withHeartbeat(() => answerQuestion(deps, 'describeWorker', input, describeWorker)),
    resolveConfiguration: (input) =>
      withHeartbeat(() => answerQuestion(deps, 'resolveConfiguration', input, resolveConfiguration)),
    prepareStorageJob: (input) => fast.run('prepareStorageJob', input, () => prepareStorageJob(deps, input)),
    createStorageJob: (request) => createStorageJob(deps, request),
    searchStorageJob: (request) => withHeartbeat(() => searchStorageJob(deps, request)),
    prepareImport: (input) => fast.run('prepareImport', input, () => prepareImport(deps, input)),
    uploadCsv: (request) => withHeartbeat(() => uploadCsv(deps, request)),
    uploadFile: (request) => uploadFile(deps, request),
    removeUploaded: (request) => withHeartbeat(() => removeUploaded(deps, request)),
    prepareExport: (input) => fast.run('prepareExport', input, () => prepareExport(deps, input)),
    downloadCsv: (request) => withHeartbeat(() => downloadCsv(deps, request)),
    downloadFile: (request) => downloadFile(deps, request),
    watchJobs: (request) => room.run(() => watchJobs(deps, request)),
  };
}
