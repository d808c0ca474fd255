import { parseDocument } from '../parse-document.js';
import { SandboxInputError } from '../sandbox-input-error.js';
import { faultSchema } from './fault.js';
import type { Fault, FaultInput } from './fault.js';
import type { RouteName } from './route-names.js';

const FAULTS_MAX = 1_000;

/** A fault that was added, with the number of calls that it has seen and has hit so far. */
export interface ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  calls: number;
  hits: number;
}

/** What a fault can select a call by. */
export interface FaultyCall {
  route: RouteName;
  jobId: string | undefined;
  runId: string | undefined;
  body: string;
}

/** The faults of one sandbox. Every fault that concerns a call counts it; the first of them that is due hits it. */
export class FaultRegistry {
  #faults: ActiveFault[] = [];
  #nextId = 1;

  /** @throws SandboxInputError naming what is wrong with the fault. */
  add(input: FaultInput): ActiveFault {
    const fault = parseDocument(faultSchema, input, 'The fault');
    if (this.#faults.length >= FAULTS_MAX) throw new SandboxInputError(`There are ${FAULTS_MAX} faults already`);
    const active = { id: this.#nextId++, fault, calls: 0, hits: 0 };
    this.#faults.push(active);
    return active;
  }

  list(): readonly ActiveFault[] {
    return this.#faults;
  }

  remove(id: number): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((active) => active.id !== id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
  }

  /** Counts a call and returns the fault that hits it, if any. */
  meet(call: FaultyCall): ActiveFault | undefined {
    let met: ActiveFault | undefined;
    for (const active of this.#faults) {
      if (!concerns(active.fault, call)) continue;
      active.calls += 1;
      if (met === undefined && isDue(active)) met = active;
    }
    if (met !== undefined) met.hits += 1;
    return met;
  }
}

function concerns(fault: Fault, { route, jobId, runId = '', body }: FaultyCall): boolean {
  const { runIdPrefix: prefix, bodyContains } = fault;
  if (fault.route !== '*' && fault.route !== route) return false;
  if (fault.jobId !== undefined && fault.jobId !== jobId) return false;
  if (prefix !== undefined && runId !== prefix && !runId.startsWith(`${prefix}.`)) return false;
  return bodyContains === undefined || body.includes(bodyContains);
}

function isDue({ fault, calls }: ActiveFault): boolean {
  return calls >= fault.call && (fault.times === 'always' || calls < fault.call + fault.times);
}
