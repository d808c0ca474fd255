import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCliLab, type BegunJob, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { CLI } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';
import { openPane, type Pane, type PaneSize } from '../support/tmux.js';

/** As people name them: longer than a terminal is wide. */
const LONG_NAME = 'orders-of-the-old-system-by-customer-identification-number';
const JOBS = 6;
/** For fewer jobs than there are. */
const ROWS_FEW = 9;
/** For all jobs of this file, each of which takes up to four lines. */
const ROWS_MANY = 90;
/** How long jobs take that are looked at while they run: by the clock of the sandbox, which is set forward afterwards. */
const LOOKED_AT_SECONDS = 300;
/** Of signs that draw, move the cursor or turn. */
const DRAWN = /[\u001B\r┌│└⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u;

let lab: CliLab;
let jobs: BegunJob[];
const panes: Pane[] = [];

beforeAll(async () => {
  lab = await openCliLab();
  await lab.startWorker();
  jobs = await Promise.all(Array.from({ length: JOBS }, () => lab.begin({ durationSeconds: 3_600 })));
});
afterAll(async () => {
  await Promise.all(panes.map((pane) => pane.close()));
  await lab.expectNoToken();
  await lab.close();
});

async function open({ columns, rows = 40 }: Partial<PaneSize>, args: readonly string[]): Promise<Pane> {
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: await tempFolder() };
  const ours = { TEMPORAL_ADDRESS: lab.address, KEBOOLA_TASK_QUEUE: lab.taskQueue };
  const pane = await openPane([process.execPath, CLI, ...args], { columns: columns ?? 80, rows }, { ...env, ...ours });
  panes.push(pane);
  return pane;
}

const query = (): string[] => ['--query', `TaskQueue = "${lab.taskQueue}" AND WorkflowType != "watchProject"`];

/** What the cells of one column of a table hold, each put together from the lines that it takes. */
function cellsOf(screen: readonly string[], column: number): string[] {
  const rows = screen.filter((line) => line.startsWith('│')).map((line) => line.split('│').map((cell) => cell.trim()));
  const cells: string[] = [];
  for (const row of rows) {
    // A row begins where it says when it has started.
    if (row.at(-2) === '') cells.push(`${cells.pop() ?? ''}${row[column] ?? ''}`);
    else cells.push(row[column] ?? '');
  }
  return cells.slice(1);
}

let looking = 0;

/** Looks at jobs that run; they end once no other test looks at its own. */
async function whileTheyRun<T>(look: () => Promise<T>): Promise<T> {
  looking += 1;
  const seen = await look().finally(() => (looking -= 1));
  await eventually(() => {
    expect(looking).toBe(0);
    lab.sandbox.clock.advance(1_000 * LOOKED_AT_SECONDS);
  });
  return seen;
}

const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));

describe.concurrent.each([80, 200])('a terminal of %i columns', (columns) => {
  it('shows `list --watch` whole, one table that is drawn over itself, until Ctrl-C', async () => {
    const key = `${LONG_NAME}-${lab.unique('listed')}`;
    const pane = await open({ columns, rows: ROWS_MANY }, ['list', '--watch', ...query()]);
    await eventually(async () => expect((await pane.screen()).join('\n')).toContain('Ctrl-C ends this'));
    expect((await lab.run([...lab.scripted({ durationSeconds: 2 }), '--key', key])).code).toBe(0);
    const isListed = async (): Promise<string[]> => {
      const screen = await pane.screen();
      const at = cellsOf(screen, 3).indexOf(lab.scriptedId(key));
      expect(cellsOf(screen, 2)[at]).toBe('success');
      return screen;
    };
    const screen = await eventually(isListed);
    expect(widest(screen)).toBeLessThanOrEqual(columns);
    expect(screen.filter((line) => line.startsWith('┌'))).toHaveLength(1);
    expect(cellsOf(screen, 3)).toEqual(expect.arrayContaining(jobs.map(({ workflowId }) => workflowId)));
    expect(cellsOf(screen, 1)).toEqual(expect.arrayContaining(jobs.map(({ jobId }) => jobId)));
    expect(await pane.linesScrolledAway()).toBe(0);
    await pane.press('C-c');
    expect(await pane.ended()).toMatchObject({ code: 130 });
  });

  it('shows of `list --watch` what fits, and how many more there are', async () => {
    const pane = await open({ columns, rows: ROWS_FEW }, ['list', '--watch', ...query()]);
    const screen = await eventually(async () => {
      const seen = await pane.screen();
      expect(seen.at(-1)).toMatch(/Ctrl-C ends this, \d+ more$/);
      expect(seen.filter((line) => jobs.some(({ jobId }) => line.includes(jobId))).length).toBeGreaterThan(0);
      return seen;
    });
    expect(widest(screen)).toBeLessThanOrEqual(columns);
    expect(screen.length).toBeLessThan(ROWS_FEW);
    expect(await pane.linesScrolledAway()).toBe(0);
  });

  it('shows `status` with every word of it', async () => {
    const [{ workflowId, jobId } = { workflowId: '', jobId: '' }] = jobs;
    const { lines: all, code } = await (await open({ columns }, ['status', workflowId])).ended();
    // On a busy machine it says that it waits.
    const lines = all.filter((line) => !line.startsWith('No worker has answered yet'));
    expect([code, lines[0]]).toEqual([0, workflowId]);
    expect(lines[1]).toMatch(/^workflow running, started .+ ago$/);
    expect(lines.at(-1)).toContain(`/jobs/${jobId}`);
  });

  it('shows `run` and `follow` as a line that is drawn over itself, and then the end with every word of it', async () => {
    const key = `${LONG_NAME}-${lab.unique('run')}`;
    const message = `The table "${LONG_NAME}" has no column "${LONG_NAME}", so that nothing was loaded from it today.`;
    const script = { durationSeconds: LOOKED_AT_SECONDS, status: 'error', message };
    const isDrawn = async (pane: Pane, jobId: string): Promise<void> => {
      const screen = await pane.screen();
      expect(screen.filter((line) => line.includes(`job ${jobId}`))).toHaveLength(1);
      expect(screen.at(-1)).toMatch(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] /u);
    };
    const both = await whileTheyRun(async () => {
      const run = await open({ columns }, [...lab.scripted(script), '--key', key]);
      const jobId = await lab.jobOf(lab.scriptedId(key));
      const panes = [run, await open({ columns }, ['follow', jobId])];
      await Promise.all(panes.map((pane) => eventually(() => isDrawn(pane, jobId))));
      return panes;
    });
    for (const pane of both) {
      const { lines, code } = await pane.ended();
      expect(code).toBe(1);
      expect(lines.join('\n')).toContain(message);
      expect(lines.filter((line) => /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u.test(line))).toEqual([]);
    }
  });

  it('shows `pipeline run` as a tree no line of which is wider, drawn over itself', async () => {
    const file = join(await tempFolder(), 'pipeline.json');
    const script = { durationSeconds: LOOKED_AT_SECONDS };
    const job = { component: 'keboola.ex-http', configData: { parameters: { sandbox: script } } };
    const tasks = [1, 2].map((at) => ({ id: `${LONG_NAME}-${at}`, job }));
    await writeFile(file, JSON.stringify({ name: lab.unique('wide'), phases: [{ name: LONG_NAME, tasks }] }));
    const drawn = async (pane: Pane): Promise<string[]> => {
      const seen = await pane.screen();
      expect(seen.filter((line) => /job \d+/.test(line))).toHaveLength(tasks.length);
      expect(seen.at(-1)).not.toContain('ended with');
      return seen;
    };
    const { pane, screen } = await whileTheyRun(async () => {
      const pane = await open({ columns }, ['pipeline', 'run', file]);
      return { pane, screen: await eventually(() => drawn(pane)) };
    });
    expect(widest(screen.filter((line) => !line.startsWith('Started ')))).toBeLessThanOrEqual(columns);
    expect(await pane.ended()).toMatchObject({ code: 0 });
  });
});

describe.concurrent('without a terminal', () => {
  it('`list --watch`, `status`, `run` and `follow` write plain lines', async () => {
    const [{ workflowId, jobId } = { workflowId: '', jobId: '' }] = jobs;
    const watching = lab.start(['list', '--watch', ...query()]);
    await watching.says(new RegExp(`^${jobId} +\\w+ +${workflowId}$`, 'm'));
    const late = await lab.begin({ durationSeconds: 1 });
    await watching.says(new RegExp(`^${late.jobId} +success +${late.workflowId}$`, 'm'));
    const ends = [
      await watching.signal('SIGINT').end(),
      await lab.run(['status', workflowId]),
      await lab.run(lab.scripted({ durationSeconds: 1 })),
      await lab.run(['follow', (await lab.begin({ durationSeconds: 3 })).workflowId]),
    ];
    expect(ends.map(({ code }) => code)).toEqual([130, 0, 0, 0]);
    expect(ends.filter(({ stdout, stderr }) => DRAWN.test(stdout + stderr))).toEqual([]);
  });
});
