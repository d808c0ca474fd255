export function percentile(values: readonly number[], share: number): number | undefined;
export function median(values: readonly number[]): number;
export function mean(values: readonly number[]): number;
export function rotated<T>(items: readonly T[], round: number): T[];
export function slope(points: readonly { x: number; y: number }[]): number;
