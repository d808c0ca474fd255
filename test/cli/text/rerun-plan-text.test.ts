import { describe, expect, it } from 'vitest';
import { rerunAdvice, rerunPlanText } from '../../../src/cli/text/rerun-plan-text.js';
import type { RerunPlan } from '../../../src/job/questions.js';

const PLAN: RerunPlan = {
  jobId: '7',
  status: 'error',
  component: 'keboola.flow',
  config: '8812',
  tasks: [
    { id: 't-1', status: 'success', jobId: '70', component: 'keboola.ex-http', config: '55' },
    { id: 't-2', status: 'error', jobId: '71', component: 'keboola.wr-db-mysql', config: '56' },
  ],
  flowTasks: ['t-2'],
};

describe('a rerun plan', () => {
  it('is a list of the tasks, and a command for those that have not succeeded', () => {
    expect(rerunPlanText(PLAN, undefined).split('\n')).toEqual([
      'error · job 7 · keboola.flow / 8812',
      'task  job  component            config  status',
      't-1   70   keboola.ex-http      55      success',
      't-2   71   keboola.wr-db-mysql  56      error',
    ]);
    expect(rerunAdvice(PLAN)).toBe(
      'To run again what has not succeeded:\n  keboola-temporal run keboola.flow 8812 --flow-task t-2',
    );
  });

  it('has a command that can be typed, whatever the ids are, for the same project and branch', () => {
    const plan = { ...PLAN, connection: 'my shop', branchId: '900', flowTasks: ["it's", '-x', 't2'] };
    expect(rerunAdvice(plan, '77')).toContain(
      "keboola-temporal -c 'my shop' run keboola.flow 8812 --branch 900 " +
        String.raw`--flow-task 'it'\''s' --flow-task '-x' --flow-task t2`,
    );
  });

  it('goes to the main branch of a job of it, whatever branch is the usual one', () => {
    expect(rerunAdvice(PLAN, '77')).toContain(
      '\n  KBC_BRANCH_ID= keboola-temporal run keboola.flow 8812 --flow-task t-2',
    );
  });

  it('tells of tasks that have not run, which a condition may have passed over', () => {
    const plan = { ...PLAN, tasks: [...PLAN.tasks, { id: 't-9' }], flowTasks: ['t-2', 't-9'] };
    expect(rerunPlanText(plan, undefined)).toMatch(/\nt-9 {3}- {4}- +- +not run$/);
    expect(rerunAdvice(plan)).toMatch(
      /\nThe list includes tasks that have not run; leave out .*, and those that an earlier job has done\.$/,
    );
  });

  it('tells what is not in the command', () => {
    const plan: RerunPlan = { ...PLAN, shownBranchId: '900', given: ['variableValuesData', 'mode'] };
    const advice = rerunAdvice(plan);
    expect(advice).toContain('run keboola.flow 8812 --flow-task t-2\n');
    expect(advice).toContain('with further options (--variables, --debug or --force-run). Pass them again');
    expect(advice).toMatch(/\nThe job shows branch 900, .* unless it is that one, add `--branch 900`\.$/);
  });

  const { flowTasks: _, ...unsaid } = PLAN;

  it.each<[string, RerunPlan]>([
    ['All of its tasks have succeeded.', { ...PLAN, flowTasks: [] }],
    ['The job has not ended yet;', { ...unsaid, status: 'processing' }],
    ['The tasks of this flow cannot be run alone.', unsaid],
    ['Keboola found no jobs for the tasks', { ...unsaid, tasks: [] }],
    ['There are more tasks than are listed.', { ...PLAN, truncated: true }],
  ])('says it where it is so: %s', (words, plan) => {
    expect(rerunAdvice(plan)).toContain(words);
  });
});
