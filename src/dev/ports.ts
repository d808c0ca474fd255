import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** A port that somebody else holds. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

/** A port or an address at which the system does not let us, or anybody, listen. */
export class CannotListenError extends Error {
  override readonly name = 'CannotListenError';
}

/** Who probably holds a port, and how the user asks for another one. */
export interface PortUse {
  /** "another Temporal server" */
  likely: string;
  /** "--port" */
  option: string;
}

/** Also says how the user asks for another address of the machine. */
export interface AddressUse extends PortUse {
  /** "--host" */
  hostOption: string;
}

/** Below the ports that systems give to outgoing connections, so that none of those takes our port meanwhile. */
const firstPort = 15_000;
const lastPort = 31_999;
const attemptsMax = 200;

/**
 * A port that nobody listens on now. Nothing reserves it: start the server soon, and check that it is yours.
 *
 * @throws PortInUseError when none was found in 200 attempts.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const port = randomInt(firstPort, lastPort + 1);
    if (await isPortFree(port)) return port;
  }
  throw new PortInUseError(`no free port found between ${firstPort} and ${lastPort}`);
}

/**
 * Fails when somebody listens on the port, so that we never talk to an older server in the belief that it is ours.
 *
 * @throws PortInUseError "port 7233 is in use, likely by another Temporal server; stop it or pass --port",
 * CannotListenError for one that only the system may use.
 */
export async function assertPortFree(port: number, use: PortUse): Promise<void> {
  const isFree = await isPortFree(port).catch((error: unknown) => {
    throw refusal(error, `port ${port}`, use.option);
  });
  if (!isFree) throw inUse(`port ${port}`, use);
}

/**
 * Fails when nobody can listen there.
 *
 * @throws PortInUseError if the port is taken at this address alone, CannotListenError if the machine has no such
 * address.
 */
export async function assertCanListen(port: number, host: string, use: AddressUse): Promise<void> {
  const where = `port ${port} of ${host}`;
  const isFree = await canListen(port, host).catch((error: unknown) => {
    throw refusal(error, where, use.hostOption);
  });
  if (!isFree) throw inUse(where, use);
}

function inUse(where: string, { likely, option }: PortUse): PortInUseError {
  return new PortInUseError(`${where} is in use, likely by ${likely}; stop it or pass ${option}`);
}

/** Any other error is a fault of ours. */
function refusal(error: unknown, where: string, option: string): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new CannotListenError(`cannot listen on ${where} (${message}); pass another ${option}`, { cause: error });
}

/** Checks both ways, because macOS lets two programs listen on one port when only one of them names the address. */
async function isPortFree(port: number): Promise<boolean> {
  return !(await isAnswered(port)) && (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'));
}

/** An answer of this machine comes at once; only a starved process hears it later. */
const connectTimeoutMs = 5_000;

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: connectTimeoutMs });
    const answer = (answered: boolean) => () => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', answer(true)).once('timeout', answer(true)).once('error', answer(false));
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
