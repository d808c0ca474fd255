import { ok, type Answer } from '../../answer/answer.js';
import { QueueProblem } from '../../answer/queue-problem.js';
import { utc } from '../../documents/utc.js';
import type { JsonObject } from '../../json.js';
import type { Subscription } from '../../world/notification/subscription.js';
import { SUBSCRIPTIONS_MAX } from '../../world/notification/subscriptions.js';
import { queueHolder, type Call, type Holder } from '../call.js';
import { readSubscriptionBody } from './subscription-body.js';

/** `POST /project-subscriptions` */
export function createSubscription(call: Call): Answer {
  const { project } = adminHolder(call);
  const said = readSubscriptionBody(call);
  const { world, documents } = call.simulation;
  if (world.subscriptions.isFull(world.nowMs)) {
    throw new QueueProblem(400, `The sandbox holds ${SUBSCRIPTIONS_MAX} subscriptions at most`);
  }
  const id = String(documents.id(world.tickets.take(), 'text'));
  const subscription = { ...said, id, project, createdAtMs: world.nowMs };
  world.subscriptions.add(subscription);
  return { status: 201, json: describe(subscription) };
}

/** `GET /project-subscriptions`: all of the project's, whatever the query says (seen by the authors of keboola/cli). */
export function listSubscriptions(call: Call): Answer {
  const { project } = adminHolder(call);
  const { world } = call.simulation;
  return ok(world.subscriptions.ofProject(project, world.nowMs).map(describe));
}

/** `GET /project-subscriptions/{id}` */
export function showSubscription(call: Call): Answer {
  return ok(describe(found(call)));
}

/** `DELETE /project-subscriptions/{id}` */
export function deleteSubscription(call: Call): Answer {
  call.simulation.world.subscriptions.remove(found(call));
  return { status: 204 };
}

function found(call: Call): Subscription {
  const { project } = adminHolder(call);
  const { world } = call.simulation;
  const id = call.params['id'] ?? '';
  const subscription = world.subscriptions.find(project, id, world.nowMs);
  if (subscription === undefined) throw new QueueProblem(404, `Subscription "${id}" not found`);
  return subscription;
}

/** Refuses plain API tokens and read-only users; Keboola's wording is not known. @throws QueueProblem 403 */
function adminHolder(call: Call): Holder {
  const holder = queueHolder(call);
  const { role } = holder.token;
  if (role !== 'none' && role !== 'readOnly') return holder;
  throw new QueueProblem(403, `Role "${role}" is not allowed to manage notifications`);
}

function describe({ id, event, filters, recipient, expiresAtMs }: Subscription): JsonObject {
  return { id, event, filters, recipient, expiresAt: utc(expiresAtMs ?? null) };
}
