/** A parsed Lucene query: a tree of conditions on one document. */
export type Query =
  | { kind: 'all' }
  | { kind: 'and' | 'or'; parts: Query[] }
  | { kind: 'not'; part: Query }
  | { kind: 'exists'; field: string }
  /** `field` is undefined for a term that may occur in any field. */
  | { kind: 'term'; field: string | undefined; text: string; isPhrase: boolean }
  | { kind: 'range'; field: string | undefined; low: Bound | undefined; high: Bound | undefined };

export interface Bound {
  text: string;
  isInclusive: boolean;
}
