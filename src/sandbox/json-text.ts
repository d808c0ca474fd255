import { visit } from 'jsonc-parser';
import { SandboxInputError } from './sandbox-input-error.js';

const SHOWN_LENGTH_MAX = 40;
const PROBLEMS_MAX = 20;
const LENGTH_MAX = 400;
/** The configuration of a job may have 100 levels, and a fixture holds it some levels further down. */
const DEPTH_MAX = 200;

/**
 * Reads JSON that a person has written: a fixture, a fault, settings. A leading byte order mark is ignored.
 *
 * @throws SandboxInputError for text that is not JSON, and for JSON that would be read as something other than it says:
 * a duplicate key, or a number that JavaScript cannot hold.
 */
export function parseJsonText(text: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (isTooDeep(json)) throw new SandboxInputError(`It is nested too deep, more than ${DEPTH_MAX} levels`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new SandboxInputError(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const changes = findChanges(json);
  if (changes.length > 0) throw new SandboxInputError(changes.slice(0, PROBLEMS_MAX).join('; '));
  return value;
}

/** The parsers recurse, so this first counts how deep the brackets nest, except for those in strings. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length && depth <= DEPTH_MAX; at++) {
    const mark = json[at];
    if (isInString && mark === '\\') at += 1;
    else if (mark === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth -= 1;
  }
  return depth > DEPTH_MAX;
}

function findChanges(json: string): string[] {
  const changes: string[] = [];
  const keys: Set<string>[] = [];
  visit(json, {
    onObjectBegin: () => void keys.push(new Set()),
    onObjectEnd: () => void keys.pop(),
    onObjectProperty: (key, _offset, _length, line, _column, pathTo) => {
      const known = keys.at(-1);
      if (known?.has(key)) changes.push(`${[...pathTo(), key].join('.')}: appears twice (line ${line + 1})`);
      known?.add(key);
    },
    onLiteralValue: (value: unknown, offset, length, line, _column, pathTo) => {
      if (typeof value !== 'number') return;
      const written = json.slice(offset, offset + length);
      if (isKept(value, written)) return;
      const shown = written.slice(0, SHOWN_LENGTH_MAX);
      changes.push(`${pathTo().join('.')}: ${shown} cannot be kept exactly, write it in quotes (line ${line + 1})`);
    },
  });
  return changes;
}

/** Whether the digits survive. A number longer than `LENGTH_MAX` counts as changed: the patterns are slow on it. */
function isKept(value: number, written: string): boolean {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false;
  return written.length <= LENGTH_MAX && significantDigits(written) === significantDigits(String(value));
}

function significantDigits(number: string): string {
  const [mantissa = ''] = number.toLowerCase().split('e');
  return mantissa.replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
}
