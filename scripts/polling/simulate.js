// How often a job is read and how late its end is seen, for jobs of log-normal durations. The numbers are the same on
// every run: the random numbers come from a seed.

const SIGMA = 0.3;
const EARLIER_RUNS = 20;
const SEED = 20_260_101;
export const DRAWS = 20_000;

/** Medians with the bars that the schedule is held to; `polls` and `meanSeconds` are upper bounds. */
export const SCENES = [
  { name: '5 s', medianSeconds: 5, plain: { polls: 6, meanSeconds: 0.6 }, informed: {} },
  { name: '30 s', medianSeconds: 30, plain: { polls: 23 }, informed: {} },
  { name: '5 min', medianSeconds: 300, plain: { polls: 48 }, informed: { polls: 32, meanSeconds: 9.5 } },
  { name: '1 h', medianSeconds: 3_600, plain: { polls: 110 }, informed: { polls: 65 } },
  { name: '8 h', medianSeconds: 28_800, plain: {}, informed: { polls: 320 } },
];

/** Plays every scene against a schedule: `src/job/wait/poll-schedule.ts`, as source or compiled. */
export function simulate({ nextDelayMs, addRun }, draws = DRAWS) {
  return SCENES.map((scene) => {
    const random = randomFrom(SEED);
    const duration = () => scene.medianSeconds * Math.exp(SIGMA * normal(random));
    const ages = (history) => () => agesBySchedule(nextDelayMs, history, random);
    return {
      scene,
      plain: measure(draws, duration, () => ages(undefined)),
      informed: measure(draws, duration, () => ages(historyOf(addRun, duration))),
      client: measure(draws, duration, () => agesByPhpClient, phpClientSleepsOn),
    };
  });
}

/** One seeded run of jobs: each is read at the ages that its schedule gives, until a read comes after its end. */
function measure(draws, duration, scheduleOfJob, returnsAfter = () => 0) {
  const latencies = new Float64Array(draws);
  let polls = 0;
  let untilReturn = 0;
  for (let draw = 0; draw < draws; draw++) {
    const nextAge = scheduleOfJob()();
    const end = duration();
    let age = 0;
    let reads = 0;
    do {
      age = nextAge();
      reads += 1;
    } while (age < end);
    polls += reads;
    latencies[draw] = age - end;
    untilReturn += age - end + returnsAfter(reads);
  }
  return {
    polls: polls / draws,
    meanSeconds: latencies.reduce((sum, latency) => sum + latency, 0) / draws,
    p95Seconds: latencies.sort()[Math.floor(0.95 * draws)],
    callerSeconds: untilReturn / draws,
  };
}

function agesBySchedule(nextDelayMs, history, random) {
  let ageMs = 0;
  return () => {
    ageMs += nextDelayMs({ phase: 'processing', ageMs, history, random });
    return ageMs / 1_000;
  };
}

function historyOf(addRun, duration) {
  let history;
  for (let run = 0; run < EARLIER_RUNS; run++) history = addRun(history, duration());
  return history;
}

/** keboola/syrup-php-client `Client::runJob`: reads at once, then sleeps min(2^n, 10) seconds after the nth read. */
function agesByPhpClient() {
  let age = 0;
  let reads = 0;
  return () => {
    if (reads > 0) age += phpClientSleepsOn(reads);
    reads += 1;
    return age;
  };
}

/** It sleeps after the last read too, so its caller waits this much longer. */
function phpClientSleepsOn(reads) {
  return Math.min(2 ** reads, 10);
}

/** Mulberry32: small, even enough, and the same on every machine. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Box and Muller. */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
