import { endWithConnection } from '../../src/temporal/end-with-connection.js';

/**
 * Options of a client that finds a server on this machine even where `HTTPS_PROXY` is set without `NO_PROXY`, and whose
 * calls end with it: many a test leaves a call behind.
 */
export const directly = { channelArgs: { 'grpc.enable_http_proxy': 0 }, interceptors: endWithConnection };
