/** The known id that looks most like the given one, if one is close enough to be a typo. */
export function nearestId(id: string, known: readonly string[]): string | undefined {
  const distanceMax = Math.max(1, Math.floor(id.length / 3));
  const wanted = id.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, lower: candidate.toLowerCase() }))
    // The edit distance is at least the difference in length, and an id from outside may have a million characters.
    .filter(({ lower }) => Math.abs(lower.length - wanted.length) <= distanceMax)
    .map(({ candidate, lower }) => ({ candidate, distance: editDistance(wanted, lower) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= distanceMax ? best.candidate : undefined;
}

/** A question to append to "there is no such thing"; empty if no known id is close. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** Levenshtein's distance over two rows. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const current = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const substitution = (previous[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      current.push(Math.min((current[j] ?? 0) + 1, (previous[j + 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
