/**
 * Of a part where several are on their way at once. Four of them are held. At AWS, whose parts are cut in steps of the 5 MiB that
 * S3 takes at least, it comes to 10 MiB.
 */
export const PART_BYTES = 8 * 1_048_576;
/** Of a part where each waits for the answer to the one before: the waits count half as much. Two of them are held. */
export const LONE_PART_BYTES = 16 * 1_048_576;
/** Long enough for a part of 16 MiB by a line of 1 Mbit/s, and for a busy store to put a file of thousands of parts together. */
export const PART_TIMEOUT_MS = 300_000;
/** What stores answer besides files is short. */
export const ANSWER_BYTES_MAX = 64 * 1024;
/** A store that says nothing for so long within a download is gone. */
export const SILENCE_MS_MAX = 60_000;
