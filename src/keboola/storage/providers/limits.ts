/** Long enough for a part of 8 MiB by a line of 1 Mbit/s, and for a busy store to put a file of thousands of parts together. */
export const PART_TIMEOUT_MS = 300_000;
/** What stores answer besides files is short. */
export const ANSWER_BYTES_MAX = 64 * 1024;
/** A store that says nothing for so long within a download is gone. */
export const SILENCE_MS_MAX = 60_000;
