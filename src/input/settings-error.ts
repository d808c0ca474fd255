/** Settings that cannot work, told before any request is made. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
