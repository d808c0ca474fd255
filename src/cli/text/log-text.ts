import { colors } from '../../operate/colors.js';
import type { LogLine } from '../../job/questions.js';

/** Events for people, a line each. */
export function logLines(events: readonly LogLine[]): string[] {
  return events.map(({ time, type, component, message }) => {
    return `${colors.dim(time)} ${paintType(type)} ${component} · ${indented(message)}`;
  });
}

/** Otherwise the second line of a message could pass for another event. */
function indented(message: string): string {
  return message.replaceAll('\n', '\n    ');
}

const WIDTH = 'success'.length;

function paintType(type: string): string {
  const padded = type.padEnd(WIDTH);
  if (type === 'error') return colors.red(padded);
  if (type === 'warn') return colors.yellow(padded);
  return type === 'success' ? colors.green(padded) : padded;
}
