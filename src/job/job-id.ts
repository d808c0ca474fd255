/** What `waitForJob` accepts as a job id. The id becomes a part of a URL, of a workflow id and of texts. */
export const JOB_ID = /^\w[\w-]{0,63}$/;

/** Orders job ids by age. They are numbers of up to 64 bits, kept as text. */
export function compareJobIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
