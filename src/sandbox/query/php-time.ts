import { SyrupProblem } from '../answer/problem.js';
import type { TimeZone } from '../time-zone.js';

const UNIT_SECONDS: Record<string, number> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  // PHP follows the calendar; for a filter on recent jobs these lengths will do.
  month: 2_592_000,
  year: 31_536_000,
};

/**
 * Reads the times that PHP's strtotime reads and that clients of Keboola send: `now`, `today`, `-1 day`, `2 hours ago`,
 * `@1463328887`, and ISO dates and times, local ones in the zone of the sandbox.
 *
 * @throws SyrupProblem 400 for any other text.
 */
export function parsePhpTime(text: string, nowMs: number, zone: TimeZone): number {
  const trimmed = text.trim();
  const parsed = relative(trimmed.toLowerCase(), nowMs, zone) ?? absolute(trimmed, zone);
  if (parsed !== undefined) return parsed;
  throw new SyrupProblem(400, `'${text}' is not a time such as '-1 day' or '2016-05-15T18:14:47+02:00'`);
}

/** An ISO day or time as Elasticsearch reads it: in UTC if it has no offset. */
export function parseDay(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const isLocal = text.length > 10 && !/(?:Z|[+-]\d\d:?\d\d)$/.test(text);
  const parsed = Date.parse(isLocal ? `${text}Z` : text);
  return Number.isNaN(parsed) ? undefined : parsed;
}

function relative(text: string, nowMs: number, zone: TimeZone): number | undefined {
  const dayMs = 86_400_000;
  const midnight = (shift: number): number => zone.fromLocal((Math.floor(zone.toLocal(nowMs) / dayMs) + shift) * dayMs);
  if (text === 'now') return nowMs;
  if (text === 'today' || text === 'midnight') return midnight(0);
  if (text === 'yesterday') return midnight(-1);
  if (text === 'tomorrow') return midnight(1);
  if (/^@\d{1,12}$/.test(text)) return Number(text.slice(1)) * 1000;
  const [, sign, count, unit = '', ago] = /^([+-]?)\s*(\d{1,6})\s*([a-z]+?)s?(\s+ago)?$/.exec(text) ?? [];
  const seconds = UNIT_SECONDS[unit];
  if (count === undefined || seconds === undefined) return undefined;
  const isPast = (sign === '-') !== (ago !== undefined);
  return nowMs + (isPast ? -1 : 1) * Number(count) * seconds * 1000;
}

function absolute(text: string, zone: TimeZone): number | undefined {
  const iso = text.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T').replace(/(?<=\d) (?=\d\d:?\d\d$)/, '+');
  const isLocal = /^\d{4}-\d\d-\d\d(?:T[\d:.]+)?$/.test(iso);
  const parsed = parseDay(iso);
  if (parsed === undefined) return undefined;
  return isLocal ? zone.fromLocal(parsed) : parsed;
}
