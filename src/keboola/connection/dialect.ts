/** The generations of Keboola's job APIs that are spoken; each has its adapters in a folder of that name. */
export const DIALECTS = ['syrup', 'queue'] as const;

export type Dialect = (typeof DIALECTS)[number];
