/** What a request is for; the first of these goes first. A stop has its reads and lists, too: see `urgently`. */
export const PRIORITIES = ['stop', 'create', 'search', 'read'] as const;
export type Priority = (typeof PRIORITIES)[number];
