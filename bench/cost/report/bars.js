/**
 * What has to come out: the processor time of one row over that of another, at some durations.
 *
 * @typedef {{ over: string, under: string, seconds: number[], ratioMax: number, equalReads?: boolean }} Bar
 */

/** @type {readonly Bar[]} */
const BARS = [
  { over: 'timer', under: 'plain', seconds: [8], ratioMax: 0.85, equalReads: true },
  { over: 'timer', under: 'plain-local', seconds: [8], ratioMax: 1.15, equalReads: true },
  { over: 'timer', under: 'create', seconds: [0.3], ratioMax: 1.7 },
  { over: 'watched', under: 'create', seconds: [8, 120], ratioMax: 2 },
  { over: 'watched', under: 'plain', seconds: [3_600], ratioMax: 0.1 },
];
/** Reads and lists of one job of an hour that is alone. */
const HOUR = { row: 'timer', seconds: 3_600, requestsMax: 110 };

/**
 * @param cells what was measured and counted.
 * @returns {{ what: string, value: number, max: number, isMet: boolean }[]} the bars that these figures can answer.
 */
export function answeredBars(cells) {
  const find = (row, seconds) => cells.find((cell) => cell.row === row && cell.seconds === seconds);
  const ratios = BARS.flatMap(({ over, under, seconds, ratioMax, equalReads = false }) =>
    seconds.flatMap((duration) => {
      const [a, b] = [find(over, duration), find(under, duration)];
      if (!a?.cpu || !b?.cpu) return [];
      const create = find('create', duration);
      const value =
        equalReads && create ? a.cpu.total / atReads(b, create, a.requests.read) : a.cpu.total / b.cpu.total;
      const what = `${over} / ${under}, ${duration} s${equalReads && create ? ', at equal reads' : ''}`;
      return [answered(what, value, ratioMax)];
    }),
  );
  const hour = find(HOUR.row, HOUR.seconds);
  if (!hour) return ratios;
  const requests = hour.requests.read + hour.requests.list;
  return [...ratios, answered(`${HOUR.row}: reads and lists of a job of 1 h`, requests, HOUR.requestsMax)];
}

/** What a row would cost with another number of reads: all beyond the creation is taken to be their price. */
function atReads({ cpu, requests }, create, reads) {
  return create.cpu.total + ((cpu.total - create.cpu.total) * reads) / requests.read;
}

function answered(what, value, max) {
  return { what, value, max, isMet: value <= max };
}
