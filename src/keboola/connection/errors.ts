import { SettingsError } from '../../input/settings-error.js';

/** A connection name that the worker does not know: a mistake of the caller, not of the settings. */
export class UnknownConnection extends SettingsError {}

/** The token was there before and is missing now. Most likely its file is being rewritten, so it may come back. */
export class TokenGone extends SettingsError {}

/** The token was replaced by another project's, which cannot see our jobs. Somebody may correct that. */
export class OtherProject extends TokenGone {}
