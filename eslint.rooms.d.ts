export const ROOMS: Record<string, string[]>;
export const INNER_ROOMS: Record<string, string[]>;
export const DIALECTS: readonly string[];
