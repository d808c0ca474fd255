import { isJsonObject } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { eventDocument, eventId, eventUuid } from '../../documents/event-document.js';
import type { StorageEvent } from '../../storage/event-log.js';
import { EVENT_TYPES } from '../../fixture/event-types.js';
import type { EventType } from '../../fixture/event-types.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { bodyText, inStorageWords, queryWhole, storageBody, storageWriter } from './storage-call.js';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 10_000;
const OFFSET_MAX = 1_000_000;
const EVENT_BYTES_MAX = 200_000;

/** `GET /v2/storage/events`, and the events of one bucket or table: only as fresh as the search index. */
export function listEvents(call: Call): Answer {
  const { project } = storageHolder(call);
  const { world, documents } = call.simulation;
  const offset = queryWhole(call, 'offset', 0, OFFSET_MAX);
  const limit = queryWhole(call, 'limit', LIMIT_DEFAULT, LIMIT_MAX);
  const accepts = filter(call);
  const found = world.storage.events.oldestFirst(project.id).filter(accepts);
  if (call.query.get('sortOrder') !== 'asc') found.reverse();
  return ok(found.slice(offset, offset + limit).map((event) => eventDocument(documents, call.origin, event)));
}

/** `GET /v2/storage/events/{id}`, by its number or its UUID. */
export function showEvent(call: Call): Answer {
  const { project } = storageHolder(call);
  const { event: id = '' } = call.params;
  const { world, documents } = call.simulation;
  const found = world.storage.events
    .oldestFirst(project.id)
    .find((event) => eventId(event) === id || eventUuid(event) === id);
  if (found === undefined) throw new StorageProblem(404, 'storage.events.notFound', `Event ${id} not found`);
  return ok(eventDocument(documents, call.origin, found));
}

/** `POST /v2/storage/events` */
export function createEvent(call: Call): Answer {
  const { project, token } = storageWriter(call);
  if (Buffer.byteLength(call.body) > EVENT_BYTES_MAX) {
    throw new StorageProblem(400, 'requestTooLarge', `An event has ${EVENT_BYTES_MAX} bytes at most`);
  }
  const body = storageBody(call);
  const component = required(body, 'component');
  const { world, documents } = call.simulation;
  const event = world.storage.events.add(
    {
      projectId: project.id,
      token,
      component,
      event: `ext.${component}.`,
      message: required(body, 'message'),
      runId: bodyText(body, 'runId') ?? call.header('x-kbc-runid') ?? null,
      configurationId: bodyText(body, 'configurationId') ?? null,
      type: typeOf(body),
      description: bodyText(body, 'description') ?? '',
      durationSeconds: durationOf(body),
      params: objectOf(body, 'params'),
      results: objectOf(body, 'results'),
    },
    world.nowMs,
  );
  return { status: 201, json: { id: documents.id(eventId(event), 'text'), uuid: eventUuid(event) } };
}

type Accepts = (event: StorageEvent) => boolean;

function filter(call: Call): Accepts {
  const { query, params, simulation, origin } = call;
  const { world, documents, queries } = simulation;
  const lucene = inStorageWords(() => queries.get(query.get('q') ?? ''));
  const [runId, component, configuration] = ['runId', 'component', 'configurationId'].map((name) => query.get(name));
  const [since, before] = [query.get('sinceId'), query.get('maxId')];
  const objectId = params['table'] ?? params['bucket'];
  return (event) =>
    event.atMs <= world.visibleUntilMs() &&
    (!runId || event.runId === runId || event.runId?.startsWith(`${runId}.`) === true) &&
    (!component || event.component === component) &&
    (!configuration || event.configurationId === configuration) &&
    (objectId === undefined || event.objectId === objectId) &&
    (!since || order(event, since) > 0) &&
    (!before || order(event, before) < 0) &&
    (!query.get('q') || lucene(eventDocument(documents, origin, event)));
}

/** Positive after, negative before the event that `other` names by its number or its UUID. */
function order(event: StorageEvent, other: string): number {
  if (/^\d+$/.test(other)) return Number(eventId(event)) - Number(other);
  const uuid = eventUuid(event);
  return Number(uuid > other) - Number(uuid < other);
}

function required(body: JsonObject, name: string): string {
  const text = bodyText(body, name);
  if (text === undefined) throw invalid(`${name} is required`);
  return text;
}

function typeOf(body: JsonObject): EventType {
  const type = (bodyText(body, 'type') ?? 'info') as EventType;
  if (EVENT_TYPES.includes(type)) return type;
  throw invalid(`type must be one of ${EVENT_TYPES.join(', ')}`);
}

function durationOf(body: JsonObject): number | null {
  const duration = Number(bodyText(body, 'duration') ?? Number.NaN);
  return Number.isNaN(duration) ? null : duration;
}

function objectOf(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return isJsonObject(value) ? value : {};
}

function invalid(message: string): StorageProblem {
  return new StorageProblem(400, 'storage.validation', message);
}
