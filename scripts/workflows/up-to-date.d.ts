export function areUpToDate(targets: readonly string[], sources: readonly string[]): Promise<boolean>;
