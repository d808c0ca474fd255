import { asSentence } from '../../job/text/as-sentence.js';

/** The generations of Keboola's job API that we speak; each has its adapters in a folder of that name. */
export const DIALECTS = ['syrup', 'queue'] as const;

/** What people call them. */
export const DIALECT_NAMES: Record<Dialect, string> = { syrup: 'Syrup', queue: 'Queue v2' };

export type Dialect = (typeof DIALECTS)[number];

/** What to do if the connection must have chosen a dialect that the project is not on. */
export function notOn(dialect: Dialect): string {
  return `The project is not on ${DIALECT_NAMES[dialect]}: leave "api" out of the connection, and the worker asks the project which job API it is on.`;
}

/**
 * An error message, plus advice if the project lacks a feature that only the connection can have asked for.
 *
 * @param lacksFeature the feature that the error names as missing, if any.
 */
export function withFeatureAdvice(message: string, { lacksFeature = '' }: { lacksFeature?: string }): string {
  return lacksFeature.startsWith('queue') ? `${asSentence(message)} ${notOn('queue')}` : message;
}

/** The dialect of a project that nobody can ask: Keboola has moved all live projects to it. */
export const ASSUMED_DIALECT: Dialect = 'queue';
