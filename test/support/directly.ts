/** Channel options of a client that finds a server on this machine even where `HTTPS_PROXY` is set without `NO_PROXY`. */
export const directly = { 'grpc.enable_http_proxy': 0 };
