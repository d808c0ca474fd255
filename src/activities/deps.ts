import type { Connections } from '../keboola/connections.js';

/** What activities need from the worker that runs them. */
export interface ActivityDeps {
  connections: Connections;
  /** Whether every search attribute name is known to the server; an unknown one would fail workflow tasks for ever. */
  searchAttributesRegistered: () => Promise<boolean>;
  /** Lets values under a `#key` of `configData` pass although Keboola has not encrypted them. Default false. */
  allowPlainSecrets?: boolean;
}
