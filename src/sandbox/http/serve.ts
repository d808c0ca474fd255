import type { FastifyReply, FastifyRequest } from 'fastify';
import { playFault } from './play-fault.js';
import type { Played } from './play-fault.js';
import type { LoggedRequest } from '../record/request-log.js';
import { withoutSecrets } from '../record/request-log.js';
import type { Simulation } from '../simulation.js';
import type { Answer } from '../answer/answer.js';
import type { Call } from '../api/call.js';
import { answerProblem } from '../answer/problem.js';
import type { Asker } from '../answer/problem.js';
import type { Route } from '../api/route.js';
import { send } from './send.js';
import { waitFor } from './wait-for.js';

/** What serving a request takes besides the request itself. */
export interface Server {
  simulation: Simulation;
  /** The sandbox's address as clients see it; known once the port is. */
  origin(): string;
  /** Fires when the sandbox closes, so that a delayed answer does not outlive it. */
  closing: AbortSignal;
}

const NO_BYTES = Buffer.alloc(0);

type Answering = Pick<Route, 'name' | 'handler'>;

/** The life of a request: the world catches up, the request is recorded, a fault may play, the handler answers. */
export async function serve(
  server: Server,
  route: Answering,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { simulation } = server;
  const call = toCall(server, request);
  const asker: Asker = { path: call.path, runId: call.header('x-kbc-runid') };
  try {
    await simulation.catchUp();
  } catch (error) {
    send(reply, answerProblem(error, asker), simulation.world.nowMs);
    return;
  }

  const entry = record(simulation, route, request, call);
  const met = simulation.faults.meet({
    route: route.name,
    jobId: call.params['id'],
    runId: asker.runId,
    body: call.body,
  });
  if (met !== undefined) entry.faultId = met.id;
  const played = met === undefined ? { answer: act(route, call, asker, entry) } : await play(met.fault);
  if (typeof played === 'object' && played.answer.afterSeconds !== undefined) {
    await waitFor(simulation.clock, { seconds: played.answer.afterSeconds, realMs: 0 }, server.closing);
    await simulation.catchUp();
  }
  finish(simulation, played, request, reply, entry);

  async function play(fault: Parameters<typeof playFault>[0]): Promise<Played> {
    return playFault(fault, {
      asker,
      act: async (mishap) => {
        await simulation.catchUp();
        return act(route, mishap === undefined ? call : { ...call, mishap }, asker, entry);
      },
      wait: async (seconds, realMs) => {
        await waitFor(simulation.clock, { seconds, realMs }, server.closing);
        await simulation.catchUp();
      },
    });
  }
}

function act(route: Answering, call: Call, asker: Asker, entry: LoggedRequest): Answer {
  try {
    const answer = withEnvelope(route.handler(call), asker);
    if (answer.jobId !== undefined) entry.jobId = answer.jobId;
    return answer;
  } catch (error) {
    return answerProblem(error, asker);
  }
}

/** Wraps a problem that a handler returned instead of throwing, because its answer takes time. */
function withEnvelope({ problem, ...answer }: Answer, asker: Asker): Answer {
  return problem === undefined ? answer : { ...answer, ...answerProblem(problem, asker) };
}

function finish(
  { world }: Simulation,
  played: Played,
  { raw }: FastifyRequest,
  reply: FastifyReply,
  entry: LoggedRequest,
): void {
  if (typeof played === 'object') {
    entry.status = played.answer.status;
    send(reply, played.answer, world.nowMs);
    return;
  }
  reply.hijack();
  if (played === 'reset') raw.socket.resetAndDestroy();
}

function record(simulation: Simulation, route: Answering, request: FastifyRequest, call: Call): LoggedRequest {
  const { world, counters, log, fixture } = simulation;
  const { id = '' } = call.params;
  const isKnown = route.name === 'storageJob' ? world.storage.jobs.has(id) : world.jobs.has(id);
  counters.request(route.name, isKnown ? id : undefined, call.header('x-kbc-runid'));
  const tokenId = fixture.holder(call.header('x-storageapi-token') ?? '')?.token.id;
  return log.add({
    route: route.name,
    method: request.method,
    path: request.url,
    body: call.body,
    headers: withoutSecrets(request.headers),
    time: new Date(world.nowMs).toISOString(),
    ...(tokenId === undefined ? {} : { tokenId }),
  });
}

function toCall(server: Server, request: FastifyRequest): Call {
  const mark = request.url.indexOf('?');
  const path = mark < 0 ? request.url : request.url.slice(0, mark);
  return {
    simulation: server.simulation,
    origin: server.origin(),
    path,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1)),
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body: typeof request.body === 'string' ? request.body : '',
    content: Buffer.isBuffer(request.body) ? request.body : NO_BYTES,
  };
}
