/** Settings that cannot work, reported before any request is made. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
