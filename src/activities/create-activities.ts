import { answerQuestion } from './questions/answer-question.js';
import { readStatistics, resolveConfiguration } from './questions/ask-project.js';
import { lookAtChildren } from './pipeline/look-at-children.js';
import { callAction } from './questions/call-action.js';
import { cancelWorkflow } from './stop/cancel-workflow.js';
import { checkPipeline } from './pipeline/check-pipeline.js';
import { createJob } from './create/create-job.js';
import type { ActivityDeps } from './deps.js';
import { drawId } from './create/draw-id.js';
import { wrapped } from './wrapped.js';
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
import { watchJobs } from './watch/watch-jobs.js';
import { WatchRoom } from './watch/watch-room.js';
import { Watchers } from './watch/watchers.js';
import type { KeboolaActivities } from '../job/activities.js';

/** Binds the activities to their dependencies; register the result with `Worker.create({ activities })`. */
export function createActivities(deps: ActivityDeps): KeboolaActivities {
  const room = new WatchRoom(deps);
  const watchers = new Watchers(deps);
  return wrapped(deps.connections, {
    prepareRun: (input) => prepareRun(deps, input),
    prepareAsyncAction: (input) => prepareAsyncAction(deps, input),
    prepareWait: (input) => prepareWait(deps, input),
    createJob: async (request) => watchers.answer(request.request, await createJob(deps, request)),
    reserveCapacity: (request) => reserveCapacity(deps, request),
    drawId: (request) => drawId(deps, request),
    searchJob: (request) => searchJob(deps, request),
    findForeignJobs: (request) => findForeignJobs(deps, request),
    readJob: async (request) => watchers.answer(request, await readJob(deps, request)),
    killJob: (job) => killJob(deps, job),
    stopDescendants: (request) => stopDescendants(deps, request),
    readDescendants: (request) => readDescendants(deps, request),
    cancelWorkflow,
    checkPipeline: (input) => checkPipeline(deps, input),
    findRunningChildren,
    lookAtChildren,
    readChildJob,
    lostSearchAttributes,
    callAction: (input) => callAction(deps, input),
    listComponents: (input) => answerQuestion(deps, 'listComponents', input, listComponents),
    readLogs: (input) => answerQuestion(deps, 'readLogs', input, readLogs),
    readRerunPlan: (input) => answerQuestion(deps, 'readRerunPlan', input, readRerunPlan),
    readStatistics: (input) => answerQuestion(deps, 'readStatistics', input, readStatistics),
    describeWorker: (input) => answerQuestion(deps, 'describeWorker', input, describeWorker),
    resolveConfiguration: (input) => answerQuestion(deps, 'resolveConfiguration', input, resolveConfiguration),
    prepareStorageJob: (input) => prepareStorageJob(deps, input),
    createStorageJob: (request) => createStorageJob(deps, request),
    searchStorageJob: (request) => searchStorageJob(deps, request),
    prepareImport: (input) => prepareImport(deps, input),
    uploadCsv: (request) => uploadCsv(deps, request),
    uploadFile: (request) => uploadFile(deps, request),
    removeUploaded: (request) => removeUploaded(deps, request),
    prepareExport: (input) => prepareExport(deps, input),
    downloadCsv: (request) => downloadCsv(deps, request),
    downloadFile: (request) => downloadFile(deps, request),
    watchJobs: (request) => room.run(() => watchJobs(deps, request)),
  });
}
