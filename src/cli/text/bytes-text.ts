import { roundedDuration } from './time-text.js';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const STEP = 1_000;
const BAR_CELLS = 24;

/** How far bytes have come. */
export interface Progress {
  bytes: number;
  /** Where it is known. */
  total?: number;
  bytesPerSecond: number;
  secondsLeft?: number;
}

export function progressOf(bytes: number, total: number | undefined, elapsedMs: number): Progress {
  const bytesPerSecond = elapsedMs > 0 ? Math.round((bytes / elapsedMs) * 1_000) : 0;
  const left = total === undefined || bytesPerSecond === 0 ? undefined : Math.max(0, total - bytes) / bytesPerSecond;
  return {
    bytes,
    ...(total !== undefined && { total }),
    bytesPerSecond,
    ...(left !== undefined && { secondsLeft: Math.round(left) }),
  };
}

/** "██████░░░░ 12.3 MB of 200 MB · 45 MB/s · 4 s left" */
export function progressText({ bytes, total, bytesPerSecond, secondsLeft }: Progress): string {
  const parts = [
    total === undefined ? bytesText(bytes) : `${bar(bytes, total)} ${bytesText(bytes)} of ${bytesText(total)}`,
    bytesPerSecond > 0 && `${bytesText(bytesPerSecond)}/s`,
    secondsLeft !== undefined && `${roundedDuration(secondsLeft * 1_000)} left`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

export function bytesText(bytes: number): string {
  const power = bytes < STEP ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / STEP ** power;
  return `${value < 100 && power > 0 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[power] ?? ''}`;
}

function bar(bytes: number, total: number): string {
  const full = total === 0 ? BAR_CELLS : Math.min(BAR_CELLS, Math.floor((bytes / total) * BAR_CELLS));
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}
