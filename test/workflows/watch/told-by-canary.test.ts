import { afterAll, beforeAll, expect, it } from 'vitest';
import { youngestInFlight, type InFlight } from '../../../src/activities/watch/in-flight.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { JobView } from '../../../src/job/job-view.js';
import { COUNTED_MAX } from '../../../src/job/watch/tick.js';
import type { WatchState } from '../../../src/job/watch/watch-request.js';
import type { JobApi } from '../../../src/keboola/jobs/job-api.js';
import { createClock } from '../../../src/sandbox/index.js';
import { scripted, type JobLab } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';
import { inActivity, nudgesOf, openProject, REQUEST, stopWorker, untilRunning } from '../../support/watch-activity.js';

const LIFE_MS = 600_000;
const MINUTE_MS = 60_000;
const JOBS = 6;

type Handle = Awaited<ReturnType<JobLab['start']>>;

const clock = createClock();
const lab = useJobLab({ clock });
let handles: Handle[];
let inFlight: readonly InFlight[];
let cursorMs: number;

/** Jobs that have all ended, and whose workflows do not know it. */
beforeAll(async () => {
  handles = await Promise.all(
    Array.from({ length: JOBS }, () => lab.start(scripted({ durationSeconds: LIFE_MS / 1_000 }))),
  );
  await untilRunning(lab, handles);
  await stopWorker(lab);
  inFlight = await inActivity(lab, () => youngestInFlight(REQUEST, COUNTED_MAX));
  cursorMs = clock.now();
  clock.advance(LIFE_MS);
});
afterAll(() => Promise.all(handles.map((handle) => handle.terminate())));

interface Answers {
  /** Of a job that is read by its id. */
  change?: (view: JobView) => JobView;
  /** The list shows nothing. */
  isEmpty?: boolean;
  /** So often it is looked again a minute later. */
  looksMore?: number;
}

/** The project, whose answers say something else. */
function answering(jobs: () => Promise<JobApi>, { change = (view) => view, isEmpty }: Answers): () => Promise<JobApi> {
  return async () => {
    const api = await jobs();
    const get: JobApi['get'] = async (jobId) => {
      const document = await api.get(jobId);
      return { ...document, view: change(document.view) };
    };
    const list: JobApi['list'] = async (query) => {
      const shown = await api.list(query);
      return isEmpty ? { ...shown, jobs: [], isWhole: true } : shown;
    };
    const own: Partial<JobApi> = { get, list };
    return new Proxy(api, { get: (_, name) => Reflect.get(name in own ? own : api, name) as unknown });
  };
}

/** A watch of one of the jobs, which Temporal's lists show more than a minute late. @returns its state, and the nudges. */
async function watchedLate(at: number, answers: Answers): Promise<{ state: WatchState; nudges: unknown[] }> {
  const [handle, shown] = [handles[at], inFlight.find(({ workflowId }) => workflowId === handles[at]?.workflowId)];
  if (!handle || !shown) throw new Error('there is no such job');
  const nowMs = Date.now();
  const state: WatchState = { cursorMs, health: { provenMs: cursorMs, goodLookMs: nowMs }, isHealthy: false };
  const { jobs, close } = openProject(lab);
  const watcher = new Watcher(REQUEST, answering(jobs, answers), state, { nowMs, tickMs: MINUTE_MS });
  const tick = (atMs: number, shownJobs: readonly InFlight[]): Promise<void> =>
    watcher.tick(shownJobs, { nowMs: nowMs + atMs, steadyMs: atMs, tickMs: MINUTE_MS });
  await inActivity({ temporal: lab.temporal, taskQueue: `${lab.taskQueue}-not-shown` }, async () => {
    for (const atMs of [0, MINUTE_MS]) await tick(atMs, []);
  });
  await inActivity(lab, async () => {
    for (let more = 0; more <= (answers.looksMore ?? 0); more++) await tick((more + 1) * MINUTE_MS + 1_000, [shown]);
  });
  await close();
  return { state: watcher.state, nudges: await nudgesOf(lab, handle) };
}

it('a job that is read by its id and has ended is told of although the list has shown its end, and does the list no harm', async () => {
  const { state, nudges } = await watchedLate(0, {});
  expect(nudges).toEqual([undefined]);
  expect(state.health).toMatchObject({ canaryMs: expect.any(Number) as number });
});

it('a job that is read by its id and has ended is told of once, however long its workflow is held up', async () => {
  const { nudges } = await watchedLate(5, { looksMore: 5 });
  expect(nudges).toEqual([undefined]);
});

it('a job that is read by its id and whose end no list has shown is told of at once', async () => {
  const { state, nudges } = await watchedLate(1, { isEmpty: true });
  expect(nudges).toEqual([undefined]);
  expect(state.health).not.toHaveProperty('canaryMs');
});

it.each<[string, number, (view: JobView) => JobView]>([
  ['without the time of its end', 2, ({ endTime, ...view }) => view],
  ['with an end that is no time', 3, (view) => ({ ...view, endTime: 'yesterday' })],
  ['as something that nobody knows', 4, (view) => ({ ...view, status: 'evaporated', isFinished: true })],
])('a job that is read by its id and has ended %s is told of, and says nothing for the list', async (_, at, change) => {
  const { state, nudges } = await watchedLate(at, { change });
  expect(nudges).toEqual([undefined]);
  expect(state.health).not.toHaveProperty('canaryMs');
});
