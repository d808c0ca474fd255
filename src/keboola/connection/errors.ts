import { SettingsError } from '../../input/settings-error.js';

/** A connection name that the worker does not know: a mistake of the one who asks, not of the settings. */
export class UnknownConnection extends SettingsError {}

/** A token that was there before and is not now: its file is being written anew, most likely, so that it may come back. */
export class TokenGone extends SettingsError {}

/** The token was replaced by one of another project, which sees no job of the first: it may be put right again. */
export class OtherProject extends TokenGone {}
