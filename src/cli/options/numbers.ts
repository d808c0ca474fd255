import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { durationMs } from '../../job/text/duration.js';

const PORT_MAX = 65_535;

/** Readers of values from options; each throws InvalidArgumentError, which commander turns into a usage error. */

export function portNumber(text: string): number {
  return within(text, 0, PORT_MAX);
}

/** Refuses an address: it would show the metrics to others, perhaps by mistake. */
export function metricsPort(text: string): number {
  if (!text.includes(':')) return within(text, 1, PORT_MAX);
  throw new InvalidArgumentError('Only a port. To serve metrics beyond this machine, say where with --metrics-host.');
}

/** Temporal's SDK takes no host names here. */
export function ipAddress(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new InvalidArgumentError('Expected an IP address, for example 0.0.0.0 for all that this machine has.');
}

/** To a program 90 is milliseconds; who types it means something else. */
export function durationText(text: string): string {
  if (durationMs(text) !== undefined) return text;
  const isBare = /^\d{1,9}$/.test(text);
  throw new InvalidArgumentError(
    isBare
      ? `It has no unit; write for example ${text}s, ${text}m or ${text}ms.`
      : 'Expected a duration between 1 ms and 365 days, for example 90s, 30m, 2h or 1d.',
  );
}

export function yesOrNo(text: string): boolean {
  if (/^(true|1)$/.test(text)) return true;
  if (/^(false|0)$/.test(text)) return false;
  throw new InvalidArgumentError('Expected true or false.');
}

export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 100_000)) throw new InvalidArgumentError('Expected a number above 0, at most 100000.');
  return number;
}

export function countUpTo(max: number, min = 1): (text: string) => number {
  return (text) => within(text, min, max);
}

function within(text: string, min: number, max: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
  throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
}
