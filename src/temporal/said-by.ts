const VARIABLES = {
  address: 'TEMPORAL_ADDRESS',
  namespace: 'TEMPORAL_NAMESPACE',
  taskQueue: 'KEBOOLA_TASK_QUEUE',
} as const;

/** Where a setting was made, if not in its variable: `--address`, `address in worker.yaml`. */
export type SaidBy = Partial<Record<keyof typeof VARIABLES, string>>;

/** The place where people change a setting: advice that names another place helps nobody. */
export function placeOf(setting: keyof SaidBy, saidBy: SaidBy = {}): string {
  return saidBy[setting] ?? VARIABLES[setting];
}
