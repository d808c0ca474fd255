import { afterAll, describe, expect, it } from 'vitest';
import { Processes, type Process } from '../../support/processes.js';

const BUILT = new URL('../../../dist/cli/', import.meta.url).href;

const processes = new Processes({});
afterAll(async () => {
  await processes.close();
});

/** A process that watches a list of one job, stops itself where it is told to, and says by which code it would leave. */
function watching({ live, look, say = '' }: { live: boolean; look: string; say?: string }): Process {
  const script = `
    const { watchList } = await import('${BUILT}follow/watch-list.js');
    setInterval(() => undefined, 60_000);
    const stopNow = () => process.kill(process.pid, 'SIGINT');
    const row = { workflowId: 'w', runId: 'r', jobId: '7', workflowStatus: 'RUNNING', workflowType: 'runJob' };
    const output = { live: ${live}, say: (line) => { console.log(line); ${say} } };
    console.log('leaves with', await watchList(${look}, output, 'No jobs.'));
    process.exit();
  `;
  return processes.start(process.execPath, ['--input-type=module', '-e', script]);
}

const SEEN = "async () => [{ ...row, startTime: '2026-01-01T00:00:00Z' }]";

describe('a list that is watched can be stopped', () => {
  it('by whoever sees its first line', async () => {
    const { code, stdout } = await watching({ live: false, look: SEEN, say: 'stopNow();' }).end();
    expect([code, stdout]).toEqual([0, '7  running  w\nleaves with 130\n']);
  });

  it.each([true, false])('while Temporal does not answer the first look, drawn: %s', async (live) => {
    const look = '() => { stopNow(); return new Promise(() => undefined); }';
    const { code, stdout } = await watching({ live, look }).end();
    expect([code, stdout]).toEqual([0, 'leaves with 130\n']);
  });
});
