/** Does so many things at a time, in order, and answers in order. */
export async function inLanes<T, U>(items: readonly T[], lanes: number, work: (item: T) => Promise<U>): Promise<U[]> {
  const results = new Map<number, U>();
  const queue = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) results.set(next[0], await work(next[1]));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return items.map((_item, index) => results.get(index) as U);
}
