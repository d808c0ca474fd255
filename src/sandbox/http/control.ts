import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isControlledClock } from '../clock.js';
import type { FaultInput } from '../faults/fault.js';
import { jsonText } from '../json.js';
import { parseJsonText } from '../json-text.js';
import { parseDocument } from '../parse-document.js';
import { SandboxInputError } from '../sandbox-input-error.js';
import type { SettingsInput } from '../settings.js';
import type { Simulation } from '../simulation.js';

/** What `/_sandbox` controls, and the key it asks for when others can reach the sandbox. */
export interface Control {
  simulation: Simulation;
  key: string | undefined;
}

const clockSchema = z.strictObject({
  speed: z.number().optional(),
  pause: z.literal(true).optional(),
  resume: z.literal(true).optional(),
  advanceSeconds: z.number().min(0).optional(),
});

/** The routes by which programs in any language prepare and inspect the sandbox. */
export function addControlRoutes(app: FastifyInstance, { simulation, key }: Control): void {
  const { faults, log } = simulation;
  const route = (method: 'GET' | 'POST' | 'DELETE', path: string, handler: Handler): void => {
    app.route({ method, url: `/_sandbox/${path}`, handler: (request, reply) => control(request, reply, key, handler) });
  };
  const settings = (): unknown => simulation.settings;

  route('GET', 'faults', () => faults.list());
  route('POST', 'faults', (request) => faults.add(jsonBody(request) as FaultInput));
  route('DELETE', 'faults', () => {
    faults.clear();
    return [];
  });
  route('DELETE', 'faults/:id', (request) => {
    const { id } = request.params as { id: string };
    if (!faults.remove(Number(id))) throw new SandboxInputError(`There is no fault ${id}`);
    return faults.list();
  });
  route('GET', 'settings', settings);
  route('POST', 'settings', async (request) => {
    await simulation.change(jsonBody(request) as SettingsInput);
    return settings();
  });
  route('GET', 'requests', () => log.list());
  route('GET', 'counters', async (request) => {
    await simulation.catchUp();
    const { runIdPrefix } = request.query as { runIdPrefix?: string | string[] };
    if (typeof runIdPrefix === 'string') return simulation.counters.byRunIdPrefix(runIdPrefix);
    return simulation.counters.view(simulation.world.jobs.size);
  });
  route('GET', 'jobs', async () => {
    await simulation.catchUp();
    return simulation.allJobs();
  });
  route('GET', 'clock', () => showClock(simulation));
  route('POST', 'clock', (request) => {
    steerClock(simulation, jsonBody(request));
    return showClock(simulation);
  });
  route('POST', 'reset', () => {
    simulation.reset();
    return {};
  });
}

type Handler = (request: FastifyRequest) => unknown;

async function control(
  request: FastifyRequest,
  reply: FastifyReply,
  key: string | undefined,
  handler: Handler,
): Promise<void> {
  let status = 200;
  let json: unknown;
  if (key !== undefined && !isSame(key, request.headers['x-sandbox-key'])) {
    status = 401;
    json = { error: 'Send the key that the sandbox printed at its start in the header X-Sandbox-Key' };
  } else {
    try {
      json = await handler(request);
    } catch (error) {
      status = error instanceof SandboxInputError ? 400 : 500;
      json = { error: error instanceof Error ? error.message : String(error) };
    }
  }
  await reply
    .code(status)
    .header('content-type', 'application/json')
    .send(Buffer.from(jsonText(json)));
}

async function showClock({ clock }: Simulation): Promise<unknown> {
  const nowMs = await clock.now();
  const state = isControlledClock(clock) ? clock.state() : { nowMs };
  return { ...state, now: new Date(nowMs).toISOString() };
}

function steerClock({ clock }: Simulation, body: unknown): void {
  const { speed, pause, resume, advanceSeconds } = parseDocument(clockSchema, body, 'The clock request');
  if (!isControlledClock(clock))
    throw new SandboxInputError('The clock was passed in as an option; control it in the program that passed it');
  if (speed !== undefined) clock.setSpeed(speed);
  if (pause === true) clock.pause();
  if (resume === true) clock.resume();
  if (advanceSeconds !== undefined) clock.advance(advanceSeconds * 1000);
}

function jsonBody({ body }: FastifyRequest): unknown {
  if (typeof body !== 'string' || body === '') return {};
  try {
    return parseJsonText(body);
  } catch (error) {
    if (error instanceof SandboxInputError) throw new SandboxInputError(`The body: ${error.message}`);
    throw error;
  }
}

/** Digests all have the same length, so the time of the comparison tells nothing about the key. */
function isSame(key: string, given: string | string[] | undefined): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(key), digest(given));
}
