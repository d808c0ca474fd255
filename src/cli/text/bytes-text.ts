import { bytesText } from '../../job/text/bytes-text.js';
import { roundedDuration } from './time-text.js';

const GAP = '  ';
const BAR_CELLS_MAX = 24;
/** A shorter bar shows nothing. */
const BAR_CELLS_MIN = 6;
/** A shorter part of a name tells nothing. */
const TITLE_MIN = 8;

/** The progress of a transfer. */
export interface Progress {
  bytes: number;
  /** Absent if it is not known. */
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

/**
 * "Uploading orders.csv  ██████░░░░  12.3 MB of 200 MB · 45 MB/s · 4 s left", no wider than `columns`. If room is
 * short, the facts stay.
 */
export function progressLine(title: string, progress: Progress, columns: number): string {
  const facts = factsText(progress);
  const room = columns - facts.length;
  const isBarred = progress.total !== undefined && room >= BAR_CELLS_MIN + GAP.length;
  const titleRoom = room - GAP.length - (isBarred ? BAR_CELLS_MIN + GAP.length : 0);
  const name = titleRoom >= TITLE_MIN ? shortened(title, titleRoom) : '';
  const cells = isBarred ? room - GAP.length - (name === '' ? 0 : name.length + GAP.length) : 0;
  const parts = [name, bar(progress, Math.min(BAR_CELLS_MAX, cells)), facts];
  return parts
    .filter((part) => part !== '')
    .join(GAP)
    .slice(0, Math.max(0, columns));
}

/** "12.3 MB of 200 MB · 45 MB/s · 4 s left" */
function factsText({ bytes, total, bytesPerSecond, secondsLeft }: Progress): string {
  const parts = [
    total === undefined ? bytesText(bytes) : `${bytesText(bytes)} of ${bytesText(total)}`,
    bytesPerSecond > 0 && `${bytesText(bytesPerSecond)}/s`,
    secondsLeft !== undefined && `${roundedDuration(secondsLeft * 1_000)} left`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

function bar({ bytes, total = 0 }: Progress, cells: number): string {
  const full = total === 0 ? cells : Math.min(cells, Math.floor((bytes / total) * cells));
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

/** Keeps the beginning and the end of a name, since its end tells more than its middle. */
function shortened(title: string, lengthMax: number): string {
  if (title.length <= lengthMax) return title;
  const kept = lengthMax - 1;
  return `${title.slice(0, Math.ceil(kept / 2))}…${title.slice(title.length - Math.floor(kept / 2))}`.toWellFormed();
}
