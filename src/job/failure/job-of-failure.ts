/** The job that a failure is about, if its details name one. */
export function jobOfFailure({ details }: Error & { details?: unknown }): { jobId?: string } {
  const [first] = Array.isArray(details) ? (details as unknown[]) : [];
  const { jobId } = (first ?? {}) as { jobId?: unknown };
  return typeof jobId === 'string' ? { jobId } : {};
}
