import { describe, expect, it } from 'vitest';
import { RETRY_REASONS } from '../../../src/job/pipeline/input.js';
import { mayTryAgain, nextPhaseStarts, phaseStatus, pipelineStatus } from '../../../src/job/pipeline/rules.js';
import type { TaskEnd, TaskError } from '../../../src/job/pipeline/result.js';

const good = { rule: { continueOnFailure: false }, end: {} };
const failed = { ...good, end: endWith('JobError') };
const tolerated = { ...failed, rule: { continueOnFailure: true } };

function endWith(type: TaskError['type']): TaskEnd {
  return { status: 'error', error: { type, message: 'why' } };
}

describe('a phase', () => {
  it.each([
    ['success when no task has failed', [good, good], 'success', true],
    ['error when a task has failed', [good, failed], 'error', false],
    ['warning when each failed task says continueOnFailure', [good, tolerated, tolerated], 'warning', true],
    ['error when only some failed tasks say continueOnFailure', [tolerated, failed], 'error', false],
  ])('ends %s', (_, tasks, status, goesOn) => {
    expect(phaseStatus(tasks)).toBe(status);
    expect(nextPhaseStarts(phaseStatus(tasks))).toBe(goesOn);
  });
});

describe('a pipeline', () => {
  it.each([
    ['success', ['success', 'success']],
    ['warning', ['success', 'warning', 'success']],
    ['error', ['warning', 'error', 'not-started']],
  ] as const)('ends %s', (status, phases) => {
    expect(pipelineStatus(phases)).toBe(status);
  });
});

describe('a failed task', () => {
  const all = { attempts: 3, on: [...RETRY_REASONS] };

  it.each([
    ['JobApplicationError', 'application'],
    ['JobError', 'unknown'],
    ['JobTerminated', 'terminated'],
    ['JobTimedOut', 'timeout'],
    ['JobWarning', 'warning'],
  ] as const)('is tried again after %s only where its author says "%s"', (type, reason) => {
    const others = { attempts: 3, on: RETRY_REASONS.filter((other) => other !== reason) };
    expect(mayTryAgain({ attempts: 3, on: [reason] }, 1, endWith(type))).toBe(true);
    expect(mayTryAgain(others, 1, endWith(type))).toBe(false);
    expect(mayTryAgain(undefined, 1, endWith(type))).toBe(false);
  });

  it.each([
    'JobUserError',
    'CreateAmbiguous',
    'KillNotConfirmed',
    'KeboolaUnreachable',
    'Canceled',
    'Terminated',
  ] as const)('is never tried again after %s', (type) => {
    expect(mayTryAgain(all, 1, endWith(type))).toBe(false);
  });

  it('is tried as often as its author says, the first time included', () => {
    expect([1, 2, 3].map((attempt) => mayTryAgain(all, attempt, endWith('JobError')))).toEqual([true, true, false]);
  });

  it('is not tried again after it has succeeded', () => {
    expect(mayTryAgain(all, 1, {})).toBe(false);
  });
});
