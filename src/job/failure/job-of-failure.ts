/** Which job a failure is about, where its details say so. */
export function jobOfFailure({ details }: Error & { details?: unknown }): { jobId?: string } {
  const [first] = Array.isArray(details) ? (details as unknown[]) : [];
  const { jobId } = (first ?? {}) as { jobId?: unknown };
  return typeof jobId === 'string' ? { jobId } : {};
}
