/** A project that this version cannot run jobs in. */
export class QueueV2Project extends Error {
  override readonly name = 'QueueV2Project';

  constructor(connection: string, reason: string) {
    super(
      `Connection "${connection}": ${reason}. This version speaks Keboola's Syrup API; support for Queue v2 is coming. ` +
        'Use a project without the feature "queuev2", or the sandbox.',
    );
  }
}
