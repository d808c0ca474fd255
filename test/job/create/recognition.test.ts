import { describe, expect, it } from 'vitest';
import { recognisedBy, type CreateJobRequest } from '../../../src/job/create/creation.js';
import {
  canBeSearchedFor,
  fenceOf,
  liesBelowSentRunId,
  mustLieBelowSentRunId,
  searchRequestOf,
} from '../../../src/job/create/recognition.js';
import { placeOf, type Made, type RunPlan } from '../../../src/job/run-plan.js';

const RUN_ID = '7.900000000000001';
const PLAN: Omit<RunPlan, 'made'> = {
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

/** What is to be said of a job that comes about so: whether it lies, must lie, and can be searched for. */
const EACH: [Made, [lies: boolean, mustLie: boolean, canBeSearchedFor: boolean]][] = [
  [{ by: 'run', fence: 'run-id' }, [true, true, true]],
  [{ by: 'run', fence: 'variable' }, [false, false, true]],
  [{ by: 'run', fence: 'none' }, [false, false, false]],
  [{ by: 'call' }, [true, false, true]],
  [{ by: 'storage' }, [true, false, false]],
  [{ by: 'others' }, [false, false, false]],
];

/** The request that creates the job of such a plan. */
function creating(plan: RunPlan): CreateJobRequest {
  const common = { ...placeOf(plan), runId: RUN_ID };
  const { component, config } = plan;
  return plan.made.by === 'call'
    ? { ...common, call: { method: 'POST', path: '/docker/run', body: {} } }
    : { ...common, component, ...(config !== undefined && { config }) };
}

describe('a job that comes about', () => {
  it.each(EACH)(
    'as %j tells whether the run id that is sent stands above it, must do so, and finds it',
    (made, told) => {
      const plan = { ...PLAN, made };
      expect([liesBelowSentRunId(plan), mustLieBelowSentRunId(plan), canBeSearchedFor(plan)]).toEqual(told);
    },
  );
});

describe('a search for the job of a plan', () => {
  const plans = EACH.flatMap(([made]): RunPlan[] => [
    { ...PLAN, made },
    { ...PLAN, made, config: '1' },
  ]);

  it.each(plans.filter(canBeSearchedFor).map((plan) => [plan]))('asks for what was sent by %j', (plan) => {
    expect(searchRequestOf(plan, RUN_ID)).toEqual({
      ...recognisedBy(creating(plan)),
      ...(fenceOf(plan) === 'variable' && { fencedByVariable: true }),
    });
  });
});
