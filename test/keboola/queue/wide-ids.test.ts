import { expect, test } from 'vitest';
import { isLike, likenessOf } from '../../../src/job/create/likeness.js';
import type { KeboolaRequest } from '../../../src/keboola/http/exchange.js';
import { parseJson } from '../../../src/keboola/http/json.js';
import { jobDetails } from '../../../src/keboola/queue/job-details.js';
import { toQueueJobView } from '../../../src/keboola/queue/job-document.js';
import { toSentRow } from '../../../src/keboola/queue/search/sent.js';

/** A number rounds the odd ones, and holds the even ones by chance. */
const JOB = '9007199254740993';
const PARENT = '9007199254740994';
const CONFIG = '9007199254740995';
const BRANCH = '9007199254740996';
const VARIABLES = '9007199254740997';
const ROW = '9007199254740998';
const OTHER_ROW = '9007199254740999';
const TOKEN = '9007199254741000';
const TASK = '9007199254741001';
const TASK_JOB = '9007199254741002';
const VERSION = '9007199254741003';
const FILE = '9007199254741004';

const TEXT = `{
  "id": ${JOB}, "runId": "${PARENT}.${JOB}", "parentRunId": ${PARENT}, "branchId": ${BRANCH},
  "component": "keboola.flow", "config": ${CONFIG}, "configRowIds": [${ROW}, ${OTHER_ROW}], "mode": "run",
  "variableValuesId": ${VARIABLES}, "status": "success", "token": {"id": ${TOKEN}},
  "result": {
    "configVersion": ${VERSION},
    "tasks": [{"id": ${TASK}, "results": [{"jobId": ${TASK_JOB}}]}, {"id": 1, "jobId": ${TASK_JOB}}],
    "artifacts": {"uploaded": [{"storageFileId": ${FILE}}]}
  }
}`;

const request: KeboolaRequest = { method: 'GET', url: new URL('https://queue.keboola.com/jobs/1'), timeoutMs: 1 };
const document = parseJson(request, 200, TEXT);

test('a job whose ids are all numbers above 2^53 is shown with each of them as Keboola wrote it', () => {
  expect(toQueueJobView(document)).toMatchObject({ jobId: JOB, runId: `${PARENT}.${JOB}`, config: CONFIG });
  expect(jobDetails(document)).toMatchObject({
    branchId: BRANCH,
    configVersion: VERSION,
    tasks: [
      { id: TASK, jobId: TASK_JOB },
      { id: '1', jobId: TASK_JOB },
    ],
  });
  expect(document).toMatchObject({ result: { artifacts: { uploaded: [{ storageFileId: FILE }] } } });
});

test('it is known by them as the one that was sent', () => {
  const { tokenId, sent } = toSentRow(document);
  expect(tokenId).toBe(TOKEN);
  const wanted = { config: CONFIG, rows: [ROW, OTHER_ROW], branchId: BRANCH, variableValuesId: VARIABLES };
  expect(sent).toMatchObject(wanted);
  expect(isLike(sent, likenessOf(wanted))).toBe(true);
  expect(isLike(sent, likenessOf({ ...wanted, rows: [ROW, ROW] }))).toBe(false);
});
