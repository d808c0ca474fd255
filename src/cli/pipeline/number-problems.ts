import { visit, type Document } from 'yaml';
import { isExactNumber } from '../../job/text/exact-number.js';
import { inexactNumber } from '../../input/text/parse-json.js';

/** Finds the numbers in a YAML document that would be read as different ones, and where they are. */
export function numberProblems(document: Document): { message: string; offset: number }[] {
  const problems: { message: string; offset: number }[] = [];
  visit(document, {
    Scalar: (_, { value, source, range }) => {
      if (typeof value !== 'number' && typeof value !== 'bigint') return;
      const written = source ?? String(value);
      if (!isExactNumber(written)) problems.push({ message: inexactNumber(written), offset: range?.[0] ?? 0 });
    },
  });
  return problems;
}
