import { answerQuestion } from './questions/answer-question.js';
import { readStatistics, resolveConfiguration } from './questions/ask-project.js';
import { lookAtChildren } from './look-at-children.js';
import { callAction } from './questions/call-action.js';
import { cancelWorkflow } from './stop/cancel-workflow.js';
import { checkPipeline } from './prepare/check-pipeline.js';
import { createJob } from './create/create-job.js';
import type { ActivityDeps } from './deps.js';
import { describeWorker } from './describe-worker.js';
import { findRunningChildren } from './find-running-children.js';
import { findRoom } from './create/find-room.js';
import { killJob } from './stop/kill-job.js';
import { listComponents } from './questions/list-components.js';
import { lostSearchAttributes } from './lost-search-attributes.js';
import { prepareAsyncAction } from './prepare/prepare-async-action.js';
import { prepareRun } from './prepare/prepare-run.js';
import { prepareWait } from './prepare/prepare-wait.js';
import { readChildJob } from './wait/read-child-job.js';
import { readFamily } from './wait/read-family.js';
import { readJob } from './wait/read-job.js';
import { readLogs } from './questions/read-logs.js';
import { searchJob } from './create/search-job.js';
import { stopBelow } from './stop/stop-below.js';
import { createStorageJob } from './storage/create-storage-job.js';
import { downloadCsv } from './storage/download-csv.js';
import { prepareExport } from './storage/prepare-export.js';
import { prepareImport } from './storage/prepare-import.js';
import { prepareStorageJob } from './storage/prepare-storage-job.js';
import { searchStorageJob } from './storage/search-storage-job.js';
import { uploadCsv } from './storage/upload-csv.js';
import { whileAlive } from './while-alive.js';
import type { KeboolaActivities } from '../job/activities.js';

/**
 * Binds the activities to what a worker has; register the result with `Worker.create({ activities })`.
 *
 * All but six tell that they are alive: what `createJob`, `createStorageJob` and `callAction` tell has a meaning of its own,
 * and `cancelWorkflow`, `readChildJob` and `lostSearchAttributes` take a moment.
 */
export function createActivities(deps: ActivityDeps): KeboolaActivities {
  return {
    prepareRun: (input) => whileAlive(() => prepareRun(deps, input)),
    prepareAsyncAction: (input) => whileAlive(() => prepareAsyncAction(deps, input)),
    prepareWait: (input) => whileAlive(() => prepareWait(deps, input)),
    createJob: (order) => createJob(deps, order),
    findRoom: (order) => whileAlive(() => findRoom(deps, order)),
    searchJob: (order) => whileAlive(() => searchJob(deps, order)),
    readJob: (order) => whileAlive(() => readJob(deps, order)),
    killJob: (job) => whileAlive(() => killJob(deps, job)),
    stopBelow: (order) => whileAlive(() => stopBelow(deps, order)),
    readFamily: (order) => whileAlive(() => readFamily(deps, order)),
    cancelWorkflow,
    checkPipeline: (input) => whileAlive(() => checkPipeline(deps, input)),
    findRunningChildren: (firstRunId) => whileAlive(() => findRunningChildren(firstRunId)),
    lookAtChildren: (wanted) => whileAlive(() => lookAtChildren(wanted)),
    readChildJob,
    lostSearchAttributes,
    callAction: (input) => callAction(deps, input),
    listComponents: (input) => whileAlive(() => answerQuestion(deps, 'listComponents', input, listComponents)),
    readLogs: (input) => whileAlive(() => answerQuestion(deps, 'readLogs', input, readLogs)),
    readStatistics: (input) => whileAlive(() => answerQuestion(deps, 'readStatistics', input, readStatistics)),
    describeWorker: (input) => whileAlive(() => answerQuestion(deps, 'describeWorker', input, describeWorker)),
    resolveConfiguration: (input) =>
      whileAlive(() => answerQuestion(deps, 'resolveConfiguration', input, resolveConfiguration)),
    prepareStorageJob: (input) => whileAlive(() => prepareStorageJob(deps, input)),
    createStorageJob: (order) => createStorageJob(deps, order),
    searchStorageJob: (order) => whileAlive(() => searchStorageJob(deps, order)),
    prepareImport: (input) => whileAlive(() => prepareImport(deps, input)),
    uploadCsv: (order) => whileAlive(() => uploadCsv(deps, order)),
    prepareExport: (input) => whileAlive(() => prepareExport(deps, input)),
    downloadCsv: (order) => whileAlive(() => downloadCsv(deps, order)),
  };
}
