import {
  connect,
  constants,
  createSecureServer,
  createServer,
  type ClientHttp2Session,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { AtEnd } from './tls-front.js';

/** An answer in the place of that of the server behind: a code of gRPC, and words. */
export interface Refusal {
  code: number;
  words: string;
}

/** A call, before it is passed on: the name of its method, such as `StartWorkflowExecution`, and its metadata. */
export interface GrpcCall {
  method: string;
  headers: IncomingHttpHeaders;
}

export interface GrpcFront {
  /** host:port */
  address: string;
  /** Methods of the calls that were passed on. */
  passed: ReadonlySet<string>;
}

export interface GrpcFrontOptions {
  /** With TLS; plain without. */
  tls?: TlsOptions;
  refuse: (call: GrpcCall) => Refusal | undefined;
  atEnd?: AtEnd;
}

/** Stands in front of a server of plain gRPC, reads what is called, and passes it on or refuses it; closed when the test ends. */
export async function startGrpcFront(behind: string, options: GrpcFrontOptions): Promise<GrpcFront> {
  const { tls, refuse, atEnd = onTestFinished } = options;
  const next = connect(`http://${behind}`);
  next.on('error', () => undefined);
  const passed = new Set<string>();
  // Both have what is used here; the types of their events cannot be joined.
  const server = tls ? (createSecureServer(tls) as unknown as Http2Server) : createServer();
  server.on('stream', (stream, headers) => {
    const method = headers[':path']?.split('/').at(-1) ?? '';
    // Whoever has called may have hung up.
    stream.on('error', () => undefined);
    const refusal = refuse({ method, headers });
    if (refusal) answer(stream, refusal);
    else {
      passed.add(method);
      passOn(stream, headers, next);
    }
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  atEnd(() => {
    for (const socket of sockets) socket.destroy();
    next.destroy();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, passed };
}

function answer(stream: ServerHttp2Stream, { code, words }: Refusal): void {
  const grpc = { 'content-type': 'application/grpc', 'grpc-status': String(code), 'grpc-message': words };
  stream.respond({ ':status': 200, ...grpc }, { endStream: true });
}

function passOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, next: ClientHttp2Session): void {
  const call = next.request(headers);
  let trailers: IncomingHttpHeaders = {};
  call.on('trailers', (last: IncomingHttpHeaders) => (trailers = last));
  call.on('response', (head, flags) => {
    if (stream.destroyed) return;
    const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(head, { endStream, waitForTrailers: !endStream });
    if (endStream) return;
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    call.pipe(stream);
  });
  call.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  stream.on('close', () => call.close(constants.NGHTTP2_CANCEL));
  stream.pipe(call);
}
