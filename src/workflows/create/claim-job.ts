/**
 * Stands for a claim: that a job of Keboola's belongs to one workflow and to no other. That there is one of its id is all it
 * says; who has claimed the job is in its memo.
 */
export function claimJob(): Promise<void> {
  return Promise.resolve();
}
