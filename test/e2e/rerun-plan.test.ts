import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { builtInWith, FLOW_OF_TWO, flowOfTwo } from '../support/flows.js';

const { component, config } = FLOW_OF_TWO;

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab(() => builtInWith([flowOfTwo]));
  await lab.startWorker({ KBC_TOKEN: '5555-1-queue' });
});
afterAll(() => lab.close());

describe('`rerun-plan`', () => {
  it('shows the tasks of a flow and the command that runs the failed ones again, which does', async () => {
    const flow = await lab.run(['run', component, config, '--json']);
    const { jobId } = (JSON.parse(flow.stdout) as { error: { job: { jobId: string } } }).error.job;
    const { code, stdout, stderr } = await lab.run(['rerun-plan', jobId]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^error · job ${jobId} · ${component} / ${config}\ntask .*\norders .* error\n`));
    expect(stderr).toContain(`run ${component} ${config} --flow-task orders --flow-task report\n`);
    const args = ['run', component, config, '--flow-task', 'orders', '--flow-task', 'report'];
    const again = await lab.run([...args, '--key', jobId]);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^success .*\n(?:.*\n)?Warning: flowTasks: [^\n]*\n/);
    expect(again.stdout).toMatch(/\n {2}task orders \(Orders\): error · job \d+\n/);
  });

  it('is one document with --json, and an error of usage for what is no flow', async () => {
    const run = await lab.run(['run', 'keboola.ex-http', 'success', '--json']);
    const { jobId } = JSON.parse(run.stdout) as { jobId: string };
    const { code, stderr } = await lab.run(['rerun-plan', jobId]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`InvalidInput: job ${jobId} is not a flow`)]);
    const flow = await lab.run(['run', 'keboola.orchestrator', 'nightly', '--json']);
    const of = (JSON.parse(flow.stdout) as { jobId: string }).jobId;
    const { stdout } = await lab.run(['rerun-plan', of, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      jobId: of,
      status: 'warning',
      tasks: [{ id: '11' }, { id: '12' }, { id: '21' }],
    });
  });
});
