/** The generations of Keboola's job APIs that are spoken; each has its adapters in a folder of that name. */
export const DIALECTS = ['syrup', 'queue'] as const;

/** As people call them. */
export const DIALECT_NAMES: Record<Dialect, string> = { syrup: 'Syrup', queue: 'Queue v2' };

export type Dialect = (typeof DIALECTS)[number];

/** What to do where only the connection can have chosen a dialect, and it is not the project's. */
export function notOn(dialect: Dialect): string {
  return `The project is not on ${DIALECT_NAMES[dialect]}: leave "api" out of the connection, and the worker asks the project which job API it is on.`;
}

/**
 * What was said, and what to do about it where a project lacks a feature that only the connection can have asked for.
 *
 * @param lacksFeature of the error that was said, where there is one.
 */
export function withFeatureAdvice(message: string, { lacksFeature = '' }: { lacksFeature?: string }): string {
  return lacksFeature.startsWith('queue') ? `${message}. ${notOn('queue')}` : message;
}

/** Of a project of which nobody can tell: Keboola has moved those that are alive to it. */
export const ASSUMED_DIALECT: Dialect = 'queue';
