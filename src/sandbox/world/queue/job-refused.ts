/** Queue v2 refuses to create a job, for a reason that it finds while it resolves the request. */
export class JobRefused extends Error {
  override readonly name = 'JobRefused';

  constructor(
    message: string,
    /** The component or configuration does not exist; whether Keboola answers 400 or 500 then is not known. */
    readonly isMissing = false,
  ) {
    super(message);
  }
}
