/** The generations of Keboola's job APIs that are spoken; each has its adapters in a folder of that name. */
export const DIALECTS = ['syrup', 'queue'] as const;

/** As people call them. */
export const DIALECT_NAMES: Record<Dialect, string> = { syrup: 'Syrup', queue: 'Queue v2' };

export type Dialect = (typeof DIALECTS)[number];

/** Of a project of which nobody can tell: Keboola has moved those that are alive to it. */
export const ASSUMED_DIALECT: Dialect = 'queue';
