import { describe, expect, it } from 'vitest';
import { recognisedBy, type CreateJobRequest } from '../../../src/job/create/creation.js';
import {
  canBeSearchedFor,
  liesBelowSentRunId,
  mustLieBelowSentRunId,
  searchRequestOf,
} from '../../../src/job/create/recognition.js';
import { placeOf, type RunPlan } from '../../../src/job/run-plan.js';

const RUN_ID = '7.900000000000001';
const PLAIN: RunPlan = {
  connection: 'eu',
  project: { id: '4', name: 'P' },
  component: 'keboola.ex-http',
  parentRunId: '7',
  onWarning: 'accept',
  onTerminated: 'cancel',
  onAmbiguousCreate: 'fail',
  children: 'observe',
  searchAttributes: true,
};
const FLAGS: Partial<RunPlan>[] = [
  { config: '1' },
  { attached: true as const },
  { byCall: true as const },
  { unfenced: true as const },
  { fencedByVariable: true as const },
  { system: 'storage' as const },
];

/** Each set of what a plan may say of how its job comes to be. */
const PLANS = FLAGS.reduce((plans, flag) => plans.flatMap((plan): RunPlan[] => [plan, { ...plan, ...flag }]), [PLAIN]);

/** The request that creates the job of such a plan. */
function creating(plan: RunPlan): CreateJobRequest {
  const common = { ...placeOf(plan), runId: RUN_ID };
  const { component, config } = plan;
  return plan.byCall
    ? { ...common, call: { method: 'POST', path: '/docker/run', body: {} } }
    : { ...common, component, ...(config !== undefined && { config }) };
}

describe('a search for the job of a plan', () => {
  it.each(PLANS.filter(canBeSearchedFor).map((plan) => [plan]))('asks for what was sent by %j', (plan) => {
    expect(searchRequestOf(plan, RUN_ID)).toEqual({
      ...recognisedBy(creating(plan)),
      ...(plan.fencedByVariable && { fencedByVariable: true }),
    });
  });

  it('is made where the job carries something of ours, and not in Storage', () => {
    for (const plan of PLANS) expect(canBeSearchedFor(plan)).toBe(!plan.unfenced && !plan.system);
  });
});

describe('the run id that is sent', () => {
  it('stands above the job unless this was started elsewhere or carries another one', () => {
    for (const plan of PLANS) {
      expect(liesBelowSentRunId(plan)).toBe(!(plan.attached ?? plan.unfenced ?? plan.fencedByVariable));
    }
  });

  it('need not stand above the job of a call, or of Storage', () => {
    for (const plan of PLANS) {
      expect(mustLieBelowSentRunId(plan)).toBe(liesBelowSentRunId(plan) && !plan.byCall && !plan.system);
    }
  });
});
