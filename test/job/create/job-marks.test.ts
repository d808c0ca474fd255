import { describe, expect, it } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import { marksOf, strangeness } from '../../../src/job/create/job-marks.js';
import type { JobView } from '../../../src/job/job-view.js';

const FENCE = '915016579194096';

function job(runId: string, component = 'ex-db'): JobView {
  return { jobId: '1', runId, component, status: 'success' };
}

describe('a job that we have created', () => {
  it.each(['', FENCE, `${FENCE}.2`, `7.${FENCE}.3`])('may have the run id "%s"', (runId) => {
    expect(strangeness(job(runId), { fences: [FENCE] })).toBeUndefined();
  });

  it.each(['2', '9150165791940960.2', `x${FENCE}.2`, '..'])('is another one with the run id "%s"', (runId) => {
    expect(strangeness(job(runId), { fences: [FENCE] })).toContain('is a different job');
  });

  it('may be of any creation of the workflow', () => {
    expect(strangeness(job('912345678901234.2'), { fences: [FENCE, '912345678901234'] })).toBeUndefined();
  });
});

describe('a job that a call of a component has made', () => {
  const created = { jobId: '1', runId: '77', status: 'waiting', url: '' };
  const state = { fenceSeed: 'seed', attempt: 1, created };
  const plan = { component: 'ex-db', made: { by: 'call' as const }, onAmbiguousCreate: 'fail' as const };

  it('may have the run id that the answer to the call has named, and no other one', () => {
    expect(strangeness(job('77'), marksOf(plan, state))).toBeUndefined();
    expect(strangeness(job('78'), marksOf(plan, state))).toContain('is a different job');
  });

  it('is another one where the call has named no run id', () => {
    const { runId: _, ...untold } = created;
    const marks = marksOf(plan, { ...state, created: untold });
    expect(strangeness(job('77'), marks)).toContain('is a different job');
  });

  it('may be of a later creation than is known of, where a run before a reset may have tried one', () => {
    const later = job(`${fenceFor('seed', 3)}.7`);
    expect(strangeness(later, marksOf(plan, state))).toContain('is a different job');
    expect(strangeness(later, marksOf({ ...plan, onAmbiguousCreate: 'recreate' }, state))).toBeUndefined();
  });

  it('is held to its fence where Keboola itself has made it', () => {
    const ofKeboola = { ...plan, made: { by: 'run' as const, fence: 'run-id' as const } };
    expect(strangeness(job('77'), marksOf(ofKeboola, state))).toContain('is a different job');
  });
});

describe('a job that was attached to', () => {
  it('is another one where it is of another component', () => {
    expect(strangeness(job('2', 'other'), { component: 'ex-db' })).toContain('its component is other, not ex-db');
  });

  it.each(['ex-db', ''])('may show the component "%s"', (component) => {
    expect(strangeness(job('2', component), { component: 'ex-db' })).toBeUndefined();
  });
});
