import type { ExportTableInput, ImportTableInput, RunStorageJobInput } from '../job/storage/input.js';
import type { ExportTableResult, ImportTableResult, StorageJobResult } from '../job/storage/result.js';
import type { InputRules } from '../input/input-problem.js';
import {
  checkExportTableInput,
  checkImportTableInput,
  checkRunStorageJobInput,
} from '../input/storage/check-storage.js';
import { JobHandle } from './handles/job-handle.js';
import { startOrAttach, type Started, type StartOptions, type StartPlace } from './start-workflow.js';
import { valid } from './valid.js';
import { storageWorkflowIdFor } from './workflow-id.js';

/** A Storage workflow, and whether it was started now or found running. */
export type StartedStorage<Result extends StorageJobResult> = Started<JobHandle<Result>>;

type Options = StartOptions<'attach' | 'fail'>;

/** Storage calls, imports and exports through Temporal. The client needs no Keboola token: only workers do. */
export class StorageClient {
  constructor(
    private readonly place: StartPlace,
    private readonly rules: InputRules,
  ) {}

  /**
   * Starts an asynchronous Storage call.
   *
   * @throws InvalidInputError before anything is sent; InputConflictError, AlreadyRunningError.
   */
  async startJob(input: RunStorageJobInput, options: Options = {}): Promise<StartedStorage<StorageJobResult>> {
    const checked = valid(checkRunStorageJobInput(input, this.rules));
    const target = `${checked.method} ${checked.path}`;
    const request = {
      workflowType: 'runStorageJob',
      input: checked,
      summary: target,
      idFor: (key?: string) => storageWorkflowIdFor(checked.connection, ['call', target], key),
    };
    return await startOrAttach(this.place, JobHandle<StorageJobResult>, request, options);
  }

  /** Makes an asynchronous Storage call and waits for its end. @throws what `startJob` and `JobHandle.result` throw. */
  async runJob(input: RunStorageJobInput, options: Options = {}): Promise<StorageJobResult> {
    const { handle } = await this.startJob(input, options);
    return await handle.result();
  }

  /** Starts loading CSV into a table, which is created if it is missing. @throws what `startJob` throws. */
  async startImport(input: ImportTableInput, options: Options = {}): Promise<StartedStorage<ImportTableResult>> {
    const checked = valid(checkImportTableInput(input));
    const request = {
      workflowType: 'importTable',
      input: checked,
      summary: `import into ${checked.table}`,
      idFor: (key?: string) => storageWorkflowIdFor(checked.connection, ['import', checked.table], key),
    };
    return await startOrAttach(this.place, JobHandle<ImportTableResult>, request, options);
  }

  /** Loads CSV into a table and waits for the end. @throws what `startImport` and `JobHandle.result` throw. */
  async importTable(input: ImportTableInput, options: Options = {}): Promise<ImportTableResult> {
    const { handle } = await this.startImport(input, options);
    return await handle.result();
  }

  /** Starts exporting a table as CSV. @throws what `startJob` throws. */
  async startExport(input: ExportTableInput, options: Options = {}): Promise<StartedStorage<ExportTableResult>> {
    const checked = valid(checkExportTableInput(input));
    const request = {
      workflowType: 'exportTable',
      input: checked,
      summary: `export of ${checked.table}`,
      idFor: (key?: string) => storageWorkflowIdFor(checked.connection, ['export', checked.table], key),
    };
    return await startOrAttach(this.place, JobHandle<ExportTableResult>, request, options);
  }

  /** Exports a table as CSV and waits for the end. @throws what `startExport` and `JobHandle.result` throw. */
  async exportTable(input: ExportTableInput, options: Options = {}): Promise<ExportTableResult> {
    const { handle } = await this.startExport(input, options);
    return await handle.result();
  }
}
