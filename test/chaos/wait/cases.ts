import type { Dice } from '../support/dice.js';
import { deaf, disturbedKills, disturbedLists, disturbedReads, oddDocuments, type Course } from './families.js';
import { KILL_FAULTS } from './faults.js';
import type { OddDocument, WaitCase } from './wait-case.js';

const COURSES: Record<string, Course> = {
  success: { script: {}, told: 'success' },
  warning: { script: { status: 'warning' }, told: 'warning' },
  'user error': { script: { status: 'error', error: 'user' }, told: 'JobUserError' },
  'application error': { script: { status: 'error', error: 'application' }, told: 'JobApplicationError' },
  'error without blame': { script: { status: 'error', error: null }, told: 'JobError' },
  'bounced to waiting': { script: { bounceAfterSeconds: 5, bounceTimes: 2 }, told: 'success' },
  'run again with endTime set': { script: { rerunAfterSeconds: 5, rerunTimes: 2 }, told: 'success' },
  'run again under a new run id': { script: { rerunAfterSeconds: 5, rerunWithNewRunId: true }, told: 'success' },
  'created for a while': { script: { createdForSeconds: 10 }, told: 'success' },
  'over its run-time limit': { script: { processTimeoutSeconds: 10 }, told: 'JobUserError' },
};

/** Documents that must not be taken for the end, whatever they look like. */
const ODD_DOCUMENTS: Record<string, OddDocument['document']> = {
  'a status that nobody knows': { status: 'paused', isFinished: false },
  'success that is not finished': { status: 'success', isFinished: false },
  'processing that is finished': { status: 'processing', isFinished: true },
  'waiting again': { status: 'waiting', isFinished: false, startTime: null },
  'processing with an end time': { status: 'processing', endTime: '2026-01-01T00:00:00+01:00', isFinished: false },
  'id and status alone': { status: 'processing' },
  'dates without offset': { status: 'processing', startTime: '2026-01-01 00:00:00', createdTime: 'yesterday' },
  'numbers as text': { status: 'processing', durationSeconds: '12', waitSeconds: '3', isFinished: 'no' },
};

const KILLED: Record<string, Course> = {
  'stops in two seconds': { script: {}, told: 'JobTimedOut' },
  'stops in two minutes': { script: { killLatencySeconds: 120 }, told: 'JobTimedOut' },
  'finishes first': { script: { whenKilled: 'finishFirst' }, told: 'success' },
};

/** On Syrup. */
export function waitCases(dice: Dice): WaitCase[] {
  return [
    ...disturbedReads(dice, COURSES, [1, 3, 5]),
    ...oddDocuments(dice, ODD_DOCUMENTS),
    ...disturbedKills(dice, KILLED, KILL_FAULTS, [1, 2]),
    ...disturbedLists(dice, ['list'], [1, 2, 3]),
    ...deaf({ '500': { status: 500 } }),
  ];
}
