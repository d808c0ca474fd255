import type { SettingsInput } from '../../../src/sandbox/index.js';
import { QUEUE_V2 } from '../../support/dialects.js';
import type { Dice } from '../support/dice.js';
import {
  deaf,
  disturbedKills,
  disturbedLists,
  disturbedReads,
  oddDocuments,
  otherWorlds,
  type Course,
  WITH_CHILDREN,
} from './families.js';
import { KILL_FAULTS, type CallFault } from './faults.js';
import type { OddDocument, WaitCase } from './wait-case.js';

const COURSES: Record<string, Course> = {
  'user error': { script: { status: 'error', error: 'user' }, told: 'JobUserError' },
  'error without blame': { script: QUEUE_V2.failsWithoutBlame, told: 'JobError' },
  'created after processing, twice': { script: { bounceAfterSeconds: 5, bounceTimes: 2 }, told: 'success' },
};

const ODD_DOCUMENTS: Record<string, OddDocument['document']> = {
  'a status that nobody knows': { status: 'paused', isFinished: false },
  'processing that is finished': { status: 'processing', isFinished: true },
  'terminating that is finished': { status: 'terminating', isFinished: true },
  'created that is finished': { status: 'created', isFinished: true, startTime: '2026-01-01T00:00:00+00:00' },
  'waiting again': { status: 'waiting', isFinished: false, startTime: null },
  'terminating, though nobody has stopped it': { status: 'terminating', desiredStatus: 'terminating' },
  'an end time and a result already': {
    status: 'processing',
    endTime: '2026-01-01T00:00:00Z',
    result: { message: 'x' },
  },
  'id and status alone': { status: 'processing' },
  'lists where objects belong': { status: 'processing', result: [], metrics: [], configData: [], behavior: [] },
  'null everywhere': { status: 'processing', result: null, isFinished: null, startTime: null, parentRunId: null },
  'numbers as text': { status: 'processing', durationSeconds: '12', isFinished: 'no' },
};

const KILLED: Record<string, Course> = {
  'stops in two minutes': { script: { killLatencySeconds: 120 }, told: 'JobTimedOut' },
  'finishes first': { script: { whenKilled: 'finishFirst' }, told: 'success' },
};

/** A 404 of the service below shines through (keboola/cli pull request 182). */
const INNER_404 = { status: 500, json: { error: 'Internal Server Error occurred.', code: 404, status: 'error' } };
const NOT_KILLABLE = { status: 400, json: { error: 'Job "1" is not in one of killable states', code: 0 } };
const KILL_ANSWERS: Record<string, CallFault> = {
  ...KILL_FAULTS,
  '500 with 404 in it': INNER_404,
  '500 with 404 in it, though it was heard': { ...INNER_404, when: 'after' },
  'not killable': NOT_KILLABLE,
  'not killable, though it was heard': { ...NOT_KILLABLE, when: 'after' },
  '200 with a list': { replaceBody: [] },
};

/** Where Keboola's public sources disagree or are silent of a kill. */
const WORLDS_OF_KILLS: Record<string, SettingsInput> = {
  'a kill is answered with 200': { queueKillStatus: 200 },
  'a kill is answered with 201': { queueKillStatus: 201 },
  'a kill of one that has ended fails': { queueKillFinished: 'fails' },
  'a kill of one that has ended is accepted': { queueKillFinished: 'accepted' },
  'a kill of one that is terminating is refused': { queueKillTerminating: 'refused' },
  'the daemon comes once a minute': { queueDaemonSeconds: 60 },
};

/** The same of documents and lists. */
const WORLDS_OF_LISTS: Record<string, SettingsInput> = {
  'lists say that nothing has finished': { queueSearchFinished: 'false' },
  'filters for parents are ignored': { queueSearchParentRunId: 'ignored', queuePrimaryParentRunId: 'ignored' },
  'filters for parents are prefixes': { queueSearchParentRunId: 'prefix', queuePrimaryParentRunId: 'prefix' },
  'lists hide children': { queueSearchChildren: 'hidden' },
  'grouped lists know other filters': { queueGroupedFilters: 'wrapped' },
  'the primary list is gone': { queuePrimaryList: 'gone' },
  'the index lags by a minute': { searchLagSeconds: 60 },
  'empty objects are null': { queueEmptyObjects: 'null' },
  'empty objects are absent': { queueEmptyObjects: 'absent' },
};

/** Fewer than on Syrup: what lies above the adapters is the same, and these are about what differs below. */
export function queueWaitCases(dice: Dice): WaitCase[] {
  return [
    ...disturbedReads(dice, COURSES, [3]),
    ...oddDocuments(dice, ODD_DOCUMENTS),
    ...endsThatContradict(),
    ...disturbedKills(dice, KILLED, KILL_ANSWERS, [1]),
    ...disturbedLists(dice, ['list', 'groupedList'], [1]),
    ...otherWorlds(WORLDS_OF_KILLS, KILLED),
    ...otherWorlds({ ...WORLDS_OF_KILLS, ...WORLDS_OF_LISTS }, { 'two children': WITH_CHILDREN }),
    ...deaf({ '500': { status: 500 }, '500 with 404 in it': INNER_404, '400': NOT_KILLABLE }),
  ];
}

/** A client of Keboola's fills in that a job has not finished where nobody has told it: the final status counts. */
function endsThatContradict(): WaitCase[] {
  const ends: Record<string, { document: OddDocument['document']; told: string }> = {
    success: { document: { status: 'success' }, told: 'success' },
    warning: { document: { status: 'warning' }, told: 'warning' },
    'an error': { document: { status: 'error', result: { error: { type: 'user' } } }, told: 'JobUserError' },
  };
  return Object.entries(ends).map(([name, { document, told }]) => ({
    name: `${name} that is said not to have finished`,
    family: 'ends that contradict themselves',
    script: { durationSeconds: 0 },
    faults: [],
    // Only when the job has ended in truth, so that what is told is true.
    documents: [
      { document: { status: 'processing' }, call: 1, times: 5 },
      { document: { ...document, isFinished: false }, call: 6, times: 'always' },
    ],
    input: {},
    expected: { told, left: 0 },
  }));
}
