import type { JsonObject } from '../json.js';
import type { TimeZone } from '../time-zone.js';
import type { SandboxSettings } from '../settings.js';
import { isFinished, type JobFacts, type JobStatus } from '../world/job-record.js';
import { nestingLevel } from '../world/run-id.js';

/** The fields that a native app's create answer and the job detail share. Times are ISO texts, durations seconds. */
type JobFields = {
  lockName: string;
  project: JobFacts['project'];
  component: string;
  command: string;
  params: JsonObject;
  result: JsonObject;
  status: JobStatus;
  process: JobFacts['process'];
  createdTime: string;
  startTime: string | null;
  endTime: string | null;
  durationSeconds: number | null;
  waitSeconds: number | null;
  nestingLevel: number;
};

/** An id: a number as in Keboola, a bigint above 2^53, or text if a setting says so. */
export type WrittenId = number | bigint | string;

/** A job as `GET /queue/job/{id}` and the list show it; `usage` is absent for native apps. */
export type JobDocument = { id: WrittenId; runId: string } & JobFields & {
    token: JobFacts['token'];
    error: string | null;
    errorNote: null;
    terminatedBy: JobFacts['terminatedBy'];
    encrypted: null;
    usage?: JobFacts['usage'];
    _index: string;
    _type: string;
    isFinished: boolean;
  };

/** Writes job documents. Keeps one per write, because polls read the same state many times. */
export class DocumentWriter {
  readonly #written = new WeakMap<JobFacts, JobDocument>();

  constructor(
    readonly zone: TimeZone,
    readonly idsAs: SandboxSettings['idsAs'],
  ) {}

  /** Writes an id, which the platform has as text in some places and as a number in others. */
  id(digits: string, onPlatform: 'number' | 'text'): WrittenId {
    if ((this.idsAs === 'platform' ? onPlatform : this.idsAs) === 'text') return digits;
    const number = Number(digits);
    return Number.isSafeInteger(number) ? number : BigInt(digits);
  }

  /** The job detail. The docker app's jobs have `usage`; documents of native apps are those of 2016 and do not. */
  detail(facts: JobFacts): JobDocument {
    const known = this.#written.get(facts);
    if (known !== undefined) return known;
    const document: JobDocument = {
      ...this.#head(facts),
      token: facts.token,
      ...this.#body(facts),
      error: facts.error,
      errorNote: null,
      terminatedBy: facts.terminatedBy,
      encrypted: null,
      ...(facts.app === 'docker' ? { usage: facts.usage } : {}),
      _index: `sandbox_syrup_${facts.app}_${this.zone.year(facts.createdAtMs)}_1`,
      _type: 'jobs',
      isFinished: isFinished(facts.status),
    };
    this.#written.set(facts, document);
    return document;
  }

  /** The answer of a native app's create call: not yet indexed, without token and errors, with a `url`. */
  created(facts: JobFacts, url: string): JsonObject {
    return {
      ...this.#head(facts),
      ...this.#body(facts),
      isFinished: isFinished(facts.status),
      _index: null,
      _type: null,
      url,
    };
  }

  #head({ id, runId, lockName, project }: JobFacts): Pick<JobDocument, 'id' | 'runId' | 'lockName' | 'project'> {
    return { id: this.id(id, 'number'), runId, lockName, project };
  }

  #body(facts: JobFacts): Omit<JobFields, 'lockName' | 'project'> {
    const time = (atMs: number | null): string | null => (atMs === null ? null : this.zone.iso(atMs));
    return {
      component: facts.app,
      command: facts.command,
      params: facts.params,
      result: facts.result,
      status: facts.status,
      process: facts.process,
      createdTime: this.zone.iso(facts.createdAtMs),
      startTime: time(facts.startedAtMs),
      endTime: time(facts.endedAtMs),
      durationSeconds: facts.durationSeconds,
      waitSeconds: facts.waitSeconds,
      nestingLevel: nestingLevel(facts.runId),
    };
  }
}
