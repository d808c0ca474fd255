/** The error codes of a disk or quota that is full, or of a file that is too large. */
export const FULL_CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];
