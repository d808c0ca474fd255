/** @returns the smallest value that so large a share of all values does not exceed; undefined of none. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @returns the items in their order, beginning with another one each round, so that none always comes first. */
export function rotated(items, round) {
  const first = round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

/**
 * The straight line with the least squares of what is left.
 *
 * @param {{ x: number, y: number }[]} points
 * @returns {number} its slope; NaN where all points have one x.
 */
export function slope(points) {
  const [x0, y0] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const over = points.reduce((sum, { x, y }) => sum + (x - x0) * (y - y0), 0);
  return over / points.reduce((sum, { x }) => sum + (x - x0) ** 2, 0);
}
