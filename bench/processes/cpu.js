import { readFileSync } from 'node:fs';

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
