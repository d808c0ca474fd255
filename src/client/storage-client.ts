import type { Client } from '@temporalio/client';
import type { ExportTableInput, ImportTableInput, RunStorageJobInput } from '../job/storage/input.js';
import type { ExportTableResult, ImportTableResult, StorageJobResult } from '../job/storage/result.js';
import type { Checked } from '../input/check-input.js';
import type { InputRules } from '../input/input-problem.js';
import {
  checkExportTableInput,
  checkImportTableInput,
  checkRunStorageJobInput,
} from '../input/storage/check-storage.js';
import { AlreadyRunningError, InvalidInputError } from './errors.js';
import { JobHandle } from './handles/job-handle.js';
import { attach, start, type StartRequest } from './start-workflow.js';
import { storageWorkflowIdFor } from './workflow-id.js';

export interface StartStorageOptions {
  /** What to do when the same is running already: `attach` if it was started with the same input (default). */
  ifRunning?: 'attach' | 'fail';
  /** Makes the workflow one of its own although the call, or the table, is the same. */
  key?: string;
}

/** A workflow of Storage and how we came by it. */
export interface StartedStorage<Result extends StorageJobResult> {
  handle: JobHandle<Result>;
  attached: boolean;
  /** When the workflow was started, ISO 8601. */
  startTime: string;
}

/** Calls of Storage, imports and exports, through Temporal. It needs no Keboola token: only workers do. */
export class StorageClient {
  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
    private readonly rules: InputRules,
  ) {}

  /**
   * Makes an asynchronous call of Storage.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError, AlreadyRunningError.
   */
  async startJob(
    input: RunStorageJobInput,
    options: StartStorageOptions = {},
  ): Promise<StartedStorage<StorageJobResult>> {
    const checked = valid(checkRunStorageJobInput(input, this.rules));
    const target = `${checked.method} ${checked.path}`;
    const request = { workflowType: 'runStorageJob', input: checked, summary: target };
    return await this.start(request, storageWorkflowIdFor(checked.connection, ['call', target], options.key), options);
  }

  /** Makes an asynchronous call of Storage and waits for its end. @throws what `startJob` and `JobHandle.result` throw. */
  async runJob(input: RunStorageJobInput, options: StartStorageOptions = {}): Promise<StorageJobResult> {
    const { handle } = await this.startJob(input, options);
    return await handle.result();
  }

  /** Loads CSV into a table, which is made when it is missing. @throws as `startJob` does. */
  async startImport(
    input: ImportTableInput,
    options: StartStorageOptions = {},
  ): Promise<StartedStorage<ImportTableResult>> {
    const checked = valid(checkImportTableInput(input));
    const request = { workflowType: 'importTable', input: checked, summary: `import into ${checked.table}` };
    const id = storageWorkflowIdFor(checked.connection, ['import', checked.table], options.key);
    return await this.start(request, id, options);
  }

  /** Loads CSV into a table and waits for its end. @throws what `startImport` and `JobHandle.result` throw. */
  async importTable(input: ImportTableInput, options: StartStorageOptions = {}): Promise<ImportTableResult> {
    const { handle } = await this.startImport(input, options);
    return await handle.result();
  }

  /** Exports a table as CSV. @throws as `startJob` does. */
  async startExport(
    input: ExportTableInput,
    options: StartStorageOptions = {},
  ): Promise<StartedStorage<ExportTableResult>> {
    const checked = valid(checkExportTableInput(input));
    const request = { workflowType: 'exportTable', input: checked, summary: `export of ${checked.table}` };
    const id = storageWorkflowIdFor(checked.connection, ['export', checked.table], options.key);
    return await this.start(request, id, options);
  }

  /** Exports a table and waits for its CSV. @throws what `startExport` and `JobHandle.result` throw. */
  async exportTable(input: ExportTableInput, options: StartStorageOptions = {}): Promise<ExportTableResult> {
    const { handle } = await this.startExport(input, options);
    return await handle.result();
  }

  private async start<Result extends StorageJobResult>(
    request: StartRequest,
    workflowId: string,
    { ifRunning }: StartStorageOptions,
  ): Promise<StartedStorage<Result>> {
    const fresh = await start(this.client, this.taskQueue, workflowId, request);
    if (!fresh && ifRunning === 'fail') throw new AlreadyRunningError(workflowId);
    const { runId, ...how } = fresh ?? (await attach(this.client, workflowId, request));
    return { handle: new JobHandle<Result>(this.client, workflowId, runId), ...how };
  }
}

function valid<T>(check: Checked<T>): T {
  if (check.ok) return check.value;
  throw new InvalidInputError(check.problems);
}
