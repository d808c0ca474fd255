export function cpuSecondsIn(stat: string): number;
export function busySecondsIn(stat: string): number;
export function treeCpuSecondsIn(stats: readonly string[], pid: number): number;
