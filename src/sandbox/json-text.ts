import { visit } from 'jsonc-parser';
import { SandboxInputError } from './sandbox-input-error.js';

const SHOWN_LENGTH_MAX = 40;
const PROBLEMS_MAX = 20;
const LENGTH_MAX = 400;

/**
 * Reads JSON that a person has written: a fixture, a fault, settings. A byte order mark in front is left out.
 *
 * @throws SandboxInputError for what is no JSON, and for what would be read as something else than is written: a key that
 * is there twice, a number that JavaScript cannot hold.
 */
export function parseJsonText(text: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new SandboxInputError(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const changes = silentChanges(json);
  if (changes.length > 0) throw new SandboxInputError(changes.slice(0, PROBLEMS_MAX).join('; '));
  return value;
}

/** The walk through a text recurses, which `JSON.parse` does not. */
function silentChanges(json: string): string[] {
  try {
    return findChanges(json);
  } catch (error) {
    if (error instanceof RangeError) return ['It is nested too deep'];
    throw error;
  }
}

function findChanges(json: string): string[] {
  const changes: string[] = [];
  const keys: Set<string>[] = [];
  visit(json, {
    onObjectBegin: () => void keys.push(new Set()),
    onObjectEnd: () => void keys.pop(),
    onObjectProperty: (key, _offset, _length, line, _column, pathTo) => {
      const known = keys.at(-1);
      if (known?.has(key)) changes.push(`${[...pathTo(), key].join('.')}: is there twice (line ${line + 1})`);
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

/** Its digits have to come out again. No number of that length would, and a pattern takes long over it. */
function isKept(value: number, written: string): boolean {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false;
  return written.length <= LENGTH_MAX && significantDigits(written) === significantDigits(String(value));
}

function significantDigits(number: string): string {
  const [mantissa = ''] = number.toLowerCase().split('e');
  return mantissa.replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
}
