import { Connection, type ConnectionSettings } from '../../keboola/connection/connection.js';

/** A worker without a token would fail every job; better to say so at once. @throws SettingsError. */
export function requireTokens(connections: readonly ConnectionSettings[]): void {
  for (const connection of connections) new Connection(connection).token();
}
