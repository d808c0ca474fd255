import { setTimeout as sleep } from 'node:timers/promises';
import { RELYING_MIN } from '../../dist/job/watch/relying.js';

const COMPONENT = 'keboola.ex-http';
const DAY_SECONDS = 86_400;
const STARTS_AT_ONCE = 50;
/** Each asks three times, and gives up after eight seconds. */
const QUESTIONS_AT_ONCE = 10;
const TRIES_MAX = 5;
const LOOK_MS = 500;
/** A watcher is relied on once a list has shown the end of a job of ours. */
const PROOF_SECONDS = 5;

/** The jobs of a run: they are inline configurations, because those of a stored one wait for each other. */
export class Jobs {
  constructor(keboola) {
    this.keboola = keboola;
  }

  async start(durationSeconds) {
    const configData = { parameters: { sandbox: { durationSeconds } } };
    return (await this.keboola.start({ component: COMPONENT, configData })).handle;
  }

  /** Jobs of a day. @param tell hears how many there are. */
  async startWaiting(count, tell) {
    const handles = [];
    await inLanes(STARTS_AT_ONCE, count, async () => {
      handles.push(await this.start(DAY_SECONDS));
      if (handles.length % 500 === 0) tell(handles.length);
    });
    return handles;
  }

  /** Jobs that begin apart and are in flight together. */
  async runWhole(count, durationSeconds) {
    return await Promise.all(
      Array.from({ length: count }, async (_, at) => {
        await sleep((at / count) * durationSeconds * 1_000);
        const handle = await this.start(durationSeconds);
        await handle.result();
        return handle;
      }),
    );
  }

  /** Until a job relies on being watched. @returns its handle: as long as it and the others run, the project is watched. */
  async untilWatched() {
    const [companion] = await Promise.all(Array.from({ length: RELYING_MIN }, () => this.start(DAY_SECONDS)));
    await (await this.start(PROOF_SECONDS)).result();
    // Bounded by the time limit of the whole bench.
    while (!(await isWatched(companion))) await sleep(LOOK_MS);
    return companion;
  }
}

/** How many of these workflows rely on being told of the end of their job; each one answers by itself. */
export async function countWatched(handles) {
  let watched = 0;
  await inLanes(QUESTIONS_AT_ONCE, handles.length, async (at) => {
    if (await isWatched(handles[at])) watched += 1;
  });
  return watched;
}

/** On a machine that is busy an answer may take longer than a person would wait. */
async function isWatched(handle) {
  for (let tries = 1; ; tries += 1) {
    try {
      return (await handle.snapshot()).watched === true;
    } catch (error) {
      if (tries >= TRIES_MAX) throw error;
    }
  }
}

async function inLanes(lanes, count, act) {
  let next = 0;
  const lane = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
