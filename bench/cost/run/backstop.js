import { stretchedDelayMs } from '../../../dist/job/watch/stretch.js';

/** How often a watched job that runs is read between two ages, by the schedule itself, without its jitter. Seconds. */
export function backstopReads(fromSeconds, toSeconds) {
  let ageMs = fromSeconds * 1_000;
  for (let reads = 0; ; reads += 1) {
    ageMs += stretchedDelayMs({ phase: 'processing', ageMs, knowsChildren: true, random: () => 0.5 });
    if (ageMs >= toSeconds * 1_000) return reads;
  }
}
