import { Readable } from 'node:stream';
import { answerProblem, plainProblem, ProjectDisabled } from '../answer/problem.js';
import type { Asker } from '../answer/problem.js';
import type { Answer } from '../answer/answer.js';
import type { Fault } from '../faults/fault.js';
import { mishapOf } from '../faults/mishap.js';
import type { Mishap } from '../faults/mishap.js';

/** What becomes of a call that a fault hit: an answer, a broken connection, or nothing at all. */
export type Played = { answer: Answer } | 'reset' | 'hang';

interface Stage {
  asker: Asker;
  /** Runs the handler, with the mishap if there is one. */
  act(mishap: Mishap | undefined): Promise<Answer>;
  /** Waits `seconds` of sandbox time and `realMs` of real time. */
  wait(seconds: number, realMs: number): Promise<void>;
}

/** Plays one fault on one call: delay, effect and answer in the order that the fault asks for. */
export async function playFault(fault: Fault, stage: Stage): Promise<Played> {
  const { delaySeconds = 0, delayMs = 0 } = fault;
  if (fault.when === 'before') await stage.wait(delaySeconds, delayMs);
  const mishap = mishapOf(fault);
  const real = mishap !== undefined || hasEffect(fault) ? await stage.act(mishap) : undefined;
  if (fault.when === 'after') await stage.wait(delaySeconds, delayMs);

  if (fault.reset !== undefined) return 'reset';
  // A create call whose document is yet to be written has no answer to give.
  if (fault.lateWrite !== undefined && fault.status === undefined && fault.hang === undefined) return 'reset';
  if (fault.hang === true) return 'hang';
  const answer = faultyAnswer(fault, stage.asker, real);
  return { answer: fault.slowBodyMs === undefined ? answer : { ...answer, slowBodyMs: fault.slowBodyMs } };
}

function hasEffect(fault: Fault): boolean {
  if (fault.reset !== undefined) return fault.reset === 'after';
  if (fault.emptyList === true || fault.maintenance === true) return false;
  const isReplaced = fault.status !== undefined || fault.hang === true || fault.bodyBytes !== undefined;
  return !isReplaced || fault.when === 'after';
}

function faultyAnswer(fault: Fault, asker: Asker, real: Answer | undefined): Answer {
  const headers = fault.headers ?? {};
  if (fault.status !== undefined) return { ...statusAnswer(fault, fault.status, asker), headers };
  if (fault.bodyBytes !== undefined) return { status: real?.status ?? 200, stream: bigBody(fault.bodyBytes), headers };
  if (fault.emptyList === true) return { status: 200, json: [], headers };
  if (fault.maintenance === true) return maintenance(asker, headers);
  // The document was written, but the queue refused its message (keboola/syrup Controller/ApiController.php).
  const isOrphan = fault.neverQueued === true && real !== undefined && real.status < 400;
  if (isOrphan) return { ...plainProblem(500, asker), headers };
  const answer = real ?? plainProblem(500, asker);
  const body = fault.replaceBody === undefined ? answer : { status: answer.status, json: fault.replaceBody };
  return { ...body, headers: { ...answer.headers, ...headers } };
}

function maintenance(asker: Asker, headers: Record<string, string>): Answer {
  const answer = answerProblem(new ProjectDisabled('Maintenance'), asker);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function statusAnswer({ body, html, json }: Fault, status: number, asker: Asker): Answer {
  if (html !== undefined) return { status, text: { type: 'text/html', body: html } };
  if (body !== undefined) return { status, text: { type: 'application/json', body } };
  return json === undefined ? plainProblem(status, asker) : { status, json };
}

const CHUNK_BYTES = 65_536;

/** A stream, so that a gigabyte of answer costs the sandbox no memory. */
function bigBody(bytes: number): { body: Readable; bytes: number } {
  const [head, tail] = ['{"filler":"', '"}'];
  function* chunks(): Generator<string> {
    yield head;
    for (let left = bytes - head.length - tail.length; left > 0; left -= CHUNK_BYTES) {
      yield 'x'.repeat(Math.min(left, CHUNK_BYTES));
    }
    yield tail;
  }
  return { body: Readable.from(chunks(), { objectMode: false }), bytes };
}
