import { DefaultLogger, type LogLevel, type LogMetadata } from '@temporalio/worker';

/** Logs as the SDK does, but a failed workflow in one line: where in our code the failure was made helps nobody. */
export class WorkerLog extends DefaultLogger {
  override log(level: LogLevel, message: string, meta?: LogMetadata): void {
    if (message !== 'Workflow failed' || !(meta?.['error'] instanceof Error)) {
      super.log(level, message, meta);
      return;
    }
    const { workflowId, workflowType, error } = meta as { workflowId?: string; workflowType?: string; error: Error };
    super.log(level, `${workflowType ?? 'workflow'} ${workflowId ?? ''} failed: ${error.message}`);
  }
}
