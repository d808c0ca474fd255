/** How many things are seen in which status. */
export type StatusCounts = Record<string, number>;

/** Keboola has nine statuses. More than this are counted together as `other`, and no run takes over more. */
export const STATUSES_MAX = 100;
/** Stands for all statuses for which there is no room. */
const OTHER = 'other';

export function countsOf(things: readonly { status: string }[]): StatusCounts {
  // A Map, because a status that we do not know may have the name of what every object inherits.
  const counts = new Map<string, number>();
  for (const { status } of things) {
    const hasRoom = counts.has(status) || counts.size < STATUSES_MAX - 1;
    const counted = hasRoom ? status : OTHER;
    counts.set(counted, (counts.get(counted) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** For people: `2 success, 1 processing`. */
export function countsText(counts: Partial<StatusCounts>): string {
  return Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}
