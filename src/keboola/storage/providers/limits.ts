/**
 * Size of a part if several are in flight at once; memory holds four of them. At AWS it becomes 10 MiB, since parts
 * there are multiples of S3's minimum of 5 MiB.
 */
export const PART_BYTES = 8 * 1_048_576;
/** Size of a part if each waits for the answer to the one before: it halves the number of waits. Memory holds two. */
export const LONE_PART_BYTES = 16 * 1_048_576;
/** Long enough for 16 MiB at 1 Mbit/s, and for a busy store to join thousands of parts into a file. */
export const PART_TIMEOUT_MS = 300_000;
/** A limit for answers of stores that are not files, which are short. */
export const ANSWER_BYTES_MAX = 64 * 1024;
/** A store that is silent for this long within a download is gone. */
export const SILENCE_MS_MAX = 60_000;
