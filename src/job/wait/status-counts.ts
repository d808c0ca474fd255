/** How many things are seen in which status. */
export type StatusCounts = Record<string, number>;

export function countsOf(things: readonly { status: string }[]): StatusCounts {
  const counts: StatusCounts = {};
  for (const { status } of things) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** For people: `2 success, 1 processing`. */
export function countsText(counts: Partial<StatusCounts>): string {
  return Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}
