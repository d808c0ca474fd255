/** Why Queue v2 makes no job, found out while it resolves what it was asked for. */
export class JobRefused extends Error {
  override readonly name = 'JobRefused';

  constructor(
    message: string,
    /** Nothing is known of the configuration; whether that is 400 or 500 is not known either. */
    readonly isMissing = false,
  ) {
    super(message);
  }
}
