import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** One test as it stands in its file: the titles around it, outermost first, and its own at the end. */
export interface WrittenTest {
  titles: string[];
  /** `it.skip`, `it.todo`, `it.fails`, or anything inside of such a `describe`: it shows nothing. */
  idle: boolean;
}

const SUITES = ['describe'];
const TESTS = ['it', 'test'];
const IDLE = ['skip', 'todo', 'fails'];

/** The tests of a file, by its syntax; titles that are computed are left out. */
export function writtenTests(file: string): WrittenTest[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: WrittenTest[] = [];
  const visit = (node: ts.Node, around: WrittenTest): void => {
    const call = ts.isCallExpression(node) ? titledCall(node) : undefined;
    const here = call
      ? { titles: [...around.titles, call.title], idle: around.idle || call.modifiers.some((m) => IDLE.includes(m)) }
      : around;
    if (call && TESTS.includes(call.name)) found.push(here);
    else ts.forEachChild(node, (child) => visit(child, here));
  };
  visit(source, { titles: [], idle: false });
  return found;
}

/** `it('…')`, `describe.concurrent('…')`, `test.each([…])('…')`, and the like. */
function titledCall(call: ts.CallExpression): { name: string; title: string; modifiers: string[] } | undefined {
  const [first] = call.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return undefined;
  const modifiers: string[] = [];
  let callee: ts.Expression = call.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isPropertyAccessExpression(callee)) {
      modifiers.push(callee.name.text);
      callee = callee.expression;
    } else return undefined;
  }
  const name = callee.text;
  return [...SUITES, ...TESTS].includes(name) ? { name, title: first.text, modifiers } : undefined;
}

/**
 * Whether a written title, which may hold the placeholders of `it.each`, is the one that a document names: either word
 * for word or with values in their place.
 */
export function titleMatches(written: string, named: string): boolean {
  if (written === named) return true;
  const parts = written.split(/%[sdifjoO#$]|\$[A-Za-z_][\w.]*/);
  // A title of nothing but placeholders would match whatever a document claims.
  if (parts.join('').trim() === '') return false;
  return new RegExp(`^${parts.map(escape).join('.+')}$`, 's').test(named);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
