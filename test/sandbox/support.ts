import { expect, onTestFinished } from 'vitest';
import { request } from 'undici';
import { createClock, startSandbox } from '../../src/sandbox/index.js';
import type { ControlledClock, JobDocument, Sandbox, SandboxOptions } from '../../src/sandbox/index.js';

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body as JSON; its fields are those that tests look into, and any of them may be absent. */
  json: Body;
}

interface Body {
  [key: string]: unknown;
  id: string;
  runId: string;
  message: string;
  params: unknown;
}

/** The day of the documentation's sample, in the summer time of Prague. */
const START_MS = Date.parse('2016-05-15T18:14:47+02:00');

/** A sandbox whose clock stands still until a test moves it. */
export async function pausedSandbox(
  options: Omit<SandboxOptions, 'clock' | 'speed'> = {},
): Promise<Sandbox<ControlledClock>> {
  const clock = createClock({ start: START_MS });
  clock.pause();
  return closeLater(await startSandbox({ firstTicket: 186_985_832, ...options, clock }));
}

/** Closes it when the test is over. */
export function closeLater<S extends { close(): Promise<void> }>(sandbox: S): S {
  onTestFinished(() => sandbox.close());
  return sandbox;
}

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'HEAD';
  body?: unknown;
  /** Sent as it is. */
  rawBody?: string;
  token?: string | null;
  headers?: Record<string, string>;
}

/** One request; a token of null sends none. */
export async function ask(sandbox: Sandbox, path: string, options: Ask = {}): Promise<Reply> {
  const { method = 'GET', body, rawBody, token = sandbox.token, headers = {} } = options;
  const sent = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await request(sandbox.url + path, {
    method,
    headers: { ...(token === null ? {} : { 'x-storageapi-token': token }), ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.body.text();
  return { status: response.statusCode, headers: response.headers, text, json: parsed(text) };
}

export function post(sandbox: Sandbox, path: string, body?: unknown, options: Ask = {}): Promise<Reply> {
  return ask(sandbox, path, { ...options, method: 'POST', body });
}

/** Creates a docker job of the built-in fixture and answers its id. */
export async function run(sandbox: Sandbox, config: string, component = 'keboola.ex-http'): Promise<string> {
  const { status, text, json } = await post(sandbox, `/docker/${component}/run`, { config });
  if (status !== 202) throw new Error(`create answered ${status} ${text}`);
  return json.id;
}

/** Creates a job with an inline script and answers its id. */
export async function runScript(
  sandbox: Sandbox,
  script: object,
  headers: Record<string, string> = {},
): Promise<string> {
  const configData = { parameters: { sandbox: script } };
  const { status, text, json } = await post(sandbox, '/docker/keboola.ex-http/run', { configData }, { headers });
  if (status !== 202) throw new Error(`create answered ${status} ${text}`);
  return json.id;
}

export async function read(sandbox: Sandbox, id: string | number): Promise<JobDocument> {
  const { status, text, json } = await ask(sandbox, `/queue/job/${id}`);
  if (status !== 200) throw new Error(`read answered ${status} ${text}`);
  return json as unknown as JobDocument;
}

export async function list(sandbox: Sandbox, query: Record<string, string> = {}): Promise<JobDocument[]> {
  const { status, text, json } = await ask(sandbox, `/queue/jobs?${new URLSearchParams(query).toString()}`);
  if (status !== 200) throw new Error(`list answered ${status} ${text}`);
  return json as unknown as JobDocument[];
}

interface ShownComponent {
  id: string;
  uri: string;
  configurations?: { id: string }[];
}

export async function components(sandbox: Sandbox, path: string, options: Ask = {}): Promise<ShownComponent[]> {
  return (await ask(sandbox, path, options)).json as unknown as ShownComponent[];
}

export function kill(sandbox: Sandbox, id: string | number, options: Ask = {}): Promise<Reply> {
  return ask(sandbox, `/queue/jobs/${id}/kill`, { ...options, method: 'POST' });
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return { id: '', runId: '', message: '', params: undefined, unreadable: text.slice(0, 200) };
  }
}

/** Vitest's matchers are of type any; these are not. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const containing = (part: object): unknown => expect.objectContaining(part);
export const some = (type: unknown): unknown => expect.any(type);
