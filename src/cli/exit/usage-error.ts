/** A mistake on the command line or in the settings; its message says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
