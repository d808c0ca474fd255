import { LineCounter, parseDocument, type Document } from 'yaml';
import { PROBLEMS_MAX } from '../../input/find-problems.js';
import { isTooDeep, TOO_DEEP } from '../../job/text/too-deep.js';
import { nodeAt } from './node-at.js';
import { numberProblems } from './number-problems.js';
import { referenceProblems } from './references.js';
import { parserProblems, tagProblems, type YamlProblem } from './yaml-problems.js';
import { yamlTooDeepAt } from './yaml-too-deep.js';

/** Where something is in a file; both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** What a text holds, and where; or why it cannot be read. */
export type ParsedText =
  | { ok: true; value: unknown; placeOf: (path: string) => Place | undefined }
  | { ok: false; problems: { message: string; place?: Place }[] };

/** Reads YAML, which includes JSON, so that errors in both have a place. */
export function parsePipeline(text: string): ParsedText {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const deepAt = yamlTooDeepAt(text);
    if (deepAt !== undefined) return { ok: false, problems: [{ message: TOO_DEEP, place: placeIn(text, deepAt) }] };
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, merge: true });
    const problems = problemsOf(document, text).slice(0, PROBLEMS_MAX);
    if (problems.length > 0) {
      return { ok: false, problems: problems.map(({ message, offset }) => ({ message, place: placeAt(offset) })) };
    }
    const value = valueOf(document);
    if (isTooDeep(value)) return { ok: false, problems: [{ message: TOO_DEEP }] };
    return { ok: true, value, placeOf: (path) => placeOfNode(document, path, placeAt) };
  } catch (error) {
    // Text that is written flat can become deep by its references.
    const message = error instanceof RangeError ? TOO_DEEP : String(error);
    return { ok: false, problems: [{ message }] };
  }
}

function problemsOf(document: Document, text: string): YamlProblem[] {
  const found = parserProblems(document, text);
  // After a mistake of the parser's, the rest would follow from it.
  return found.length > 0
    ? found
    : [...referenceProblems(document), ...numberProblems(document), ...tagProblems(document)];
}

/** For the time before the parser has counted the lines. */
function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function valueOf(document: Document): unknown {
  // The parser's own limit would refuse a name that a hundred tasks refer to.
  return document.toJS({ maxAliasCount: -1 }) as unknown;
}

function placeOfNode(document: Document, path: string, placeAt: (offset: number) => Place): Place | undefined {
  const offset = nodeAt(document.contents, path)?.range?.[0];
  return offset === undefined ? undefined : placeAt(offset);
}
