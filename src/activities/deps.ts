import type { Connections } from '../keboola/connections.js';

/** What activities need from the worker that runs them. */
export interface ActivityDeps {
  connections: Connections;
  /** Whether the server knows every search attribute as a Keyword; any other would fail workflow tasks for ever. */
  searchAttributesRegistered: () => Promise<boolean>;
  /** Lets values under a `#key` of `configData` pass although Keboola has not encrypted them. Default false. */
  allowPlainSecrets?: boolean;
}
