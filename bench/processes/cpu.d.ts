export function cpuSecondsIn(stat: string): number;
export function busySecondsIn(stat: string): number;
