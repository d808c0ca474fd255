import { SyrupProblem } from '../answer/problem.js';

export type QueryToken =
  | { kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'must' }
  | { kind: 'field'; name: string }
  | { kind: 'term'; text: string; isPhrase: boolean }
  | { kind: 'range'; low: string; high: string; lowInclusive: boolean; highInclusive: boolean }
  | { kind: 'compare'; operator: '>' | '>=' | '<' | '<='; text: string };

const QUERY_CHARACTERS_MAX = 10_000;

/** Tried in this order at each position; every pattern is sticky and takes at least one character. */
const PATTERNS: [RegExp, (match: RegExpExecArray) => QueryToken | undefined][] = [
  [/\s+/y, () => undefined],
  [/\(/y, () => ({ kind: 'open' })],
  [/\)/y, () => ({ kind: 'close' })],
  [/(?:AND(?![^\s()])|&&)/y, () => ({ kind: 'and' })],
  [/(?:OR(?![^\s()])|\|\|)/y, () => ({ kind: 'or' })],
  [/(?:NOT(?![^\s()])|!|-)/y, () => ({ kind: 'not' })],
  [/\+/y, () => ({ kind: 'must' })],
  [/([A-Za-z_][\w.-]*):\s*/y, ([, name = '']) => ({ kind: 'field', name })],
  [/"((?:[^"\\]|\\.)*)"/y, ([, text = '']) => ({ kind: 'term', text: unescaped(text), isPhrase: true })],
  [/([[{])\s*("(?:[^"\\]|\\.)*"|\S+)\s+TO\s+("(?:[^"\\]|\\.)*"|[^\s\]}]+)\s*([\]}])/y, rangeToken],
  [/([<>]=?)\s*([^\s()]+)/y, ([, operator, text = '']) => ({ kind: 'compare', operator: operator as '>', text })],
  [/(?:[^\s()"\\]|\\.)+/y, ([text]) => ({ kind: 'term', text, isPhrase: false })],
];

/** @throws SyrupProblem 400 naming the place where the query stops making sense. */
export function tokenize(query: string): QueryToken[] {
  if (query.length > QUERY_CHARACTERS_MAX) {
    throw new SyrupProblem(400, `Parameter 'q' has more than ${QUERY_CHARACTERS_MAX} characters`);
  }
  const tokens: QueryToken[] = [];
  for (let at = 0; at < query.length;) {
    const { token, end } = tokenAt(query, at);
    if (token !== undefined) tokens.push(token);
    at = end;
  }
  return tokens;
}

function tokenAt(query: string, at: number): { token: QueryToken | undefined; end: number } {
  for (const [pattern, make] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (match !== null) return { token: make(match), end: pattern.lastIndex };
  }
  throw new SyrupProblem(400, `Parameter 'q' cannot be read at character ${at + 1}: ${query.slice(at, at + 20)}`);
}

function rangeToken([, open, low = '', high = '', close]: RegExpExecArray): QueryToken {
  return { kind: 'range', low: bare(low), high: bare(high), lowInclusive: open === '[', highInclusive: close === ']' };
}

/** A bound may be a quoted phrase. */
function bare(bound: string): string {
  return /^".*"$/.test(bound) ? unescaped(bound.slice(1, -1)) : bound;
}

/** A phrase has no wildcards, so every escaped character stands for itself. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
