import colors from 'picocolors';
import type { LogLine } from '../job/questions.js';

/** Events for people, a line each. */
export function logLines(events: readonly LogLine[]): string[] {
  return events.map(({ time, type, component, message }) => {
    return `${colors.dim(time)} ${paintType(type)} ${component} · ${message}`;
  });
}

const WIDTH = 'success'.length;

function paintType(type: string): string {
  const padded = type.padEnd(WIDTH);
  if (type === 'error') return colors.red(padded);
  if (type === 'warn') return colors.yellow(padded);
  return type === 'success' ? colors.green(padded) : padded;
}
