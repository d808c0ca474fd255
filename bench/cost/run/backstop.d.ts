export function backstopReads(fromSeconds: number, toSeconds: number): number;
