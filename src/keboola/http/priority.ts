/** What a request is for, highest priority first. Reads and lists of a stop count as stops, too: see `urgently`. */
export const PRIORITIES = ['stop', 'create', 'search', 'read'] as const;
export type Priority = (typeof PRIORITIES)[number];
