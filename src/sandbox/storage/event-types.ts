/** How an event is meant. */
export const EVENT_TYPES = ['info', 'success', 'warn', 'error'] as const;
export type EventType = (typeof EVENT_TYPES)[number];
