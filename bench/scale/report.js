/** The figures of a run as lines for people, and the bars that they can answer. */
const KILOBYTES_MAX = 200;
const EVENTS_MAX = 31;
const REQUESTS_PER_SECOND_MAX = 1.3;
const TAKEOVER_SECONDS_MAX = 25;

/** @returns {{ lines: string[], bars: { what: string, isMet: boolean }[] }} */
export function reportOf({ jobs, lives, made, memory, rest, restart }) {
  const lines = [
    ...lives.flatMap(lifeLines),
    `${jobs} jobs were started in ${Math.round(made.seconds)} s (${Math.round(made.startedPerSecond)} per second), and all slept ${Math.round(made.untilQuietSeconds)} s later`,
    `  ${made.watched} of them rely on being watched`,
    `  worker: ${Math.round(memory.rssBytes / 1e6)} MB, ${one(memory.kilobytesPerJob)} kB per waiting job; ${memory.evicted} dropped from its cache`,
    `At rest for ${Math.round(rest.seconds)} s, per second:`,
    `  database: ${databaseText(rest.perSecond.database)}`,
    `  Keboola: ${requestsText(rest.perSecond.requests)}`,
    `  processor time: ${cpuText(rest.perSecond.cpu, 'ms')}`,
    `The worker is killed with -9, and another one is started:`,
    `  watched again after ${one(restart.takeoverSeconds)} s; ${restart.woken} jobs were read meanwhile`,
    `  all ${restart.asked} were asked how they are, which replays each: ${Math.round(restart.replaySeconds)} s, ${one(restart.replayCpuMs)} ms of the worker each; ${restart.watched} rely on being watched`,
  ];
  const requests = rest.perSecond.requests.read + rest.perSecond.requests.list;
  const bars = [
    ...lives.map(({ seconds, history }) =>
      bar(`history of a watched job of ${seconds} s`, history.events, EVENTS_MAX, 'events'),
    ),
    bar('memory of the worker per waiting job', memory.kilobytesPerJob, KILOBYTES_MAX, 'kB'),
    bar('workflows dropped from the cache', memory.evicted, 0, ''),
    bar('reads and lists', requests, REQUESTS_PER_SECOND_MAX, 'per second'),
    bar('until another worker watches', restart.takeoverSeconds, TAKEOVER_SECONDS_MAX, 's'),
    {
      what: `all of the ${jobs} jobs are watched, before and after`,
      isMet: made.watched >= jobs && restart.watched >= jobs,
    },
  ];
  return { lines, bars };
}

function lifeLines({ jobs, seconds, perJob: { database, requests, lists, cpu }, history }) {
  return [
    `One watched job of ${seconds} s, from ${jobs} of them:`,
    `  history: ${one(history.events)} events, ${one(history.bytes / 1_000)} kB; steps that were too slow to be local: ${one(history.slowSteps)}`,
    `  database: ${databaseText(database)}`,
    `  Keboola: ${one(requests.create)} creations, ${one(requests.read)} reads, ${one(lists.tree)} lists of the jobs below it, ${one(requests.other)} others; its share of the watcher's lists: ${two(lists.ended)}`,
    `  processor time: ${cpuText(cpu, 'ms')}`,
  ];
}

function bar(what, value, max, unit) {
  return { what: `${what}: ${one(value)} ${unit} (bar: <= ${max})`, isMet: value <= max };
}

function databaseText({ writes, reads, visibilityWrites, visibilityReads }) {
  return `${one(writes)} writes, ${one(reads)} reads; visibility ${one(visibilityWrites)} writes, ${one(visibilityReads)} reads`;
}

function requestsText({ create, read, list, other }) {
  return `${one(create)} creations, ${one(read)} reads, ${one(list)} lists, ${one(other)} others`;
}

function cpuText(cpu, unit) {
  return Object.entries(cpu)
    .map(([name, seconds]) => `${name} ${one(seconds * 1_000)} ${unit}`)
    .join(', ');
}

function two(value) {
  return String(Math.round(value * 100) / 100);
}

function one(value) {
  return String(Math.round(value * 10) / 10);
}
