export function persistenceIn(
  metrics: string,
): Record<'reads' | 'writes' | 'visibilityReads' | 'visibilityWrites', number>;
