import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in ticks of a hundredth of a second, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** @returns seconds of processor time that a process has used so far: all of its threads, without its children. */
export function cpuSecondsOf(pid) {
  return cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** @param {string} stat the content of `/proc/PID/stat`. */
export function cpuSecondsIn(stat) {
  // The name of a program stands in parentheses and may hold any character, so the fields are counted from its end.
  const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}

/** @returns seconds of processor time that all processors together have worked since the machine started. */
export function busySeconds() {
  return busySecondsIn(readFileSync('/proc/stat', 'utf8'));
}

/** @param {string} stat the content of `/proc/stat`. */
export function busySecondsIn(stat) {
  const [, user, nice, system, , , interrupts, softInterrupts, stolen] = stat.split('\n', 1)[0].split(/ +/);
  return [user, nice, system, interrupts, softInterrupts, stolen].map(Number).reduce(sum, 0) / TICKS_PER_SECOND;
}

function sum(a, b) {
  return a + b;
}

/** @returns seconds of processor time that a process and all that it has started have used so far. */
export function treeCpuSeconds(pid) {
  return treeCpuSecondsIn(allStats(), pid);
}

/**
 * @param {string[]} stats the contents of `/proc/PID/stat` of all processes.
 * @param {number} pid the root of the tree; those below it that have ended count as well, once somebody has heard of it.
 */
export function treeCpuSecondsIn(stats, pid) {
  const used = new Map(stats.map((stat) => [Number.parseInt(stat, 10), usageIn(stat)]));
  return treeIn(used, pid).reduce((seconds, one) => seconds + (used.get(one)?.seconds ?? 0), 0);
}

/** @returns a process and all that it has started. */
export function treePids(pid) {
  return treeIn(new Map(allStats().map((stat) => [Number.parseInt(stat, 10), usageIn(stat)])), pid);
}

function treeIn(used, pid) {
  const children = [...used].filter(([, { parentPid }]) => parentPid === pid);
  return [pid, ...children.flatMap(([child]) => treeIn(used, child))];
}

function allStats() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf);
}

function usageIn(stat) {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return { parentPid: Number(fields[1]), seconds: (user + system + childrenUser + childrenSystem) / TICKS_PER_SECOND };
}

/** A process may end while we look. */
function statOf(pid) {
  try {
    return [readFileSync(`/proc/${pid}/stat`, 'utf8')];
  } catch {
    return [];
  }
}
