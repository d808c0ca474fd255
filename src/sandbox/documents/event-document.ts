import type { JsonObject } from '../json.js';
import type { DocumentWriter } from './job-document.js';
import type { StorageEvent } from '../storage/event-log.js';

/** The event ids of a sandbox count up from here and look like Keboola's. */
const FIRST_ID = 498_839_405;
const OBJECT_TYPES: readonly [string, string][] = [
  ['storage.table', 'table'],
  ['storage.bucket', 'bucket'],
  ['storage.file', 'file'],
  ['storage.workspace', 'workspace'],
];

/** An event as Storage shows it. */
export function eventDocument(documents: DocumentWriter, origin: string, event: StorageEvent): JsonObject {
  const { component, message, description, type, runId, configurationId, objectId, params, results, token } = event;
  const { durationSeconds } = event;
  return {
    id: documents.id(eventId(event), 'number'),
    uuid: eventUuid(event),
    event: event.event,
    component,
    message,
    description,
    type,
    runId,
    created: documents.zone.isoBasic(event.atMs),
    configurationId,
    objectId,
    objectName: objectId?.slice(objectId.lastIndexOf('.') + 1) ?? null,
    objectType: OBJECT_TYPES.find(([prefix]) => event.event.startsWith(prefix))?.[1] ?? null,
    context: { remoteAddr: '127.0.0.1', httpReferer: null, httpUserAgent: null, apiVersion: 'v2', async: false },
    params,
    results,
    performance: durationSeconds === null ? {} : { duration: durationSeconds },
    token: { id: token.id, name: token.description },
    idBranch: 1,
    uri: `${origin}/v2/storage/events/${eventId(event)}`,
    attachments: [],
  };
}

export function eventId({ number }: StorageEvent): string {
  return String(FIRST_ID + number);
}

/** A version 7 UUID that sorts like the events: the time, then the event's number in place of random bits. */
export function eventUuid({ number, atMs }: StorageEvent): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').slice(-digits);
  const time = hex(Math.max(atMs, 0), 12);
  const [high, low] = [Math.floor(number / 2 ** 24), number % 2 ** 24];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(high, 3)}-8${hex(Math.floor(low / 2 ** 12), 3)}-${hex(low, 12)}`;
}
