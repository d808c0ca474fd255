import { printParseErrorCode, visit, type JSONPath } from 'jsonc-parser';
import { TOO_DEEP } from '../../job/text/too-deep.js';
import { tooDeepAt } from './bounds.js';
import { isExactNumber } from '../../job/text/exact-number.js';

/** One problem of a text, and where it is; lines and columns count from 1. It quotes only keys and numbers. */
export interface TextProblem {
  /** Dotted path, empty for the text as a whole. */
  path: string;
  message: string;
  line: number;
  column: number;
}

export type ParsedJson =
  | { ok: true; value: unknown }
  /** `isJson`: the text is JSON, but its value would differ from what is written. */
  | { ok: false; isJson: boolean; problems: TextProblem[] };

/** Nobody reads more problems than these. */
const PROBLEMS_MAX = 20;
const SHOWN_LENGTH_MAX = 40;

/**
 * Reads JSON that a person has written. Whatever `JSON.parse` would silently change is a problem: duplicate keys, and
 * numbers that cannot be kept exactly. A leading byte order mark is fine.
 */
export function parseJson(text: string): ParsedJson {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const deepAt = tooDeepAt(json);
  if (deepAt !== undefined) return { ok: false, isJson: true, problems: [tooDeep(json, deepAt)] };
  const problems: TextProblem[] = [];
  try {
    look(json, (problem) => problems.length < PROBLEMS_MAX && problems.push(problem));
    const value: unknown = JSON.parse(json);
    return problems.length === 0 ? { ok: true, value } : { ok: false, isJson: true, problems };
  } catch {
    const first = { path: '', message: 'is broken', line: 1, column: 1 };
    return { ok: false, isJson: false, problems: problems.length === 0 ? [first] : problems };
  }
}

function tooDeep(json: string, offset: number): TextProblem {
  const before = json.slice(0, offset).split('\n');
  return { path: '', message: TOO_DEEP, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** One line per problem: `a.b: … (line 1, column 7)`. */
export function textProblems(problems: readonly TextProblem[]): string {
  return problems
    .map(({ path, message, line, column }) => {
      const what = path === '' ? message : `${path}: ${message}`;
      return `${what} (line ${line}, column ${column})`;
    })
    .join('; ');
}

/** The message for a number whose value would change. */
export function inexactNumber(written: string): string {
  const shown = written.length > SHOWN_LENGTH_MAX ? `${written.slice(0, SHOWN_LENGTH_MAX)}…` : written;
  return `the number ${shown} cannot be kept exactly; write it in quotes`;
}

function look(json: string, found: (problem: TextProblem) => void): void {
  const keys: Set<string>[] = [];
  const tell = (path: JSONPath, message: string, line: number, column: number): void =>
    found({ path: path.join('.'), message, line: line + 1, column: column + 1 });
  visit(
    json,
    {
      onObjectBegin: () => void keys.push(new Set()),
      onObjectEnd: () => void keys.pop(),
      onObjectProperty: (key, _offset, _length, line, column, pathTo) => {
        const known = keys.at(-1);
        if (known?.has(key)) tell([...pathTo(), key], 'appears twice', line, column);
        known?.add(key);
      },
      onLiteralValue: (value: unknown, offset, length, line, column, pathTo) => {
        if (typeof value !== 'number') return;
        const written = json.slice(offset, offset + length);
        if (!isExactNumber(written)) tell(pathTo(), inexactNumber(written), line, column);
      },
      onError: (code, _offset, _length, line, column) => tell([], wordsOf(printParseErrorCode(code)), line, column),
    },
    { disallowComments: true },
  );
}

/** Turns `CommaExpected` into "comma expected". */
function wordsOf(code: string): string {
  return code.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
