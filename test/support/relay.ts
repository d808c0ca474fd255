import { connect, type Socket } from 'node:net';

/** Hands a connection on to the server behind; each side ends with the other. */
export function relay(socket: Socket, behind: string): void {
  const { hostname, port } = new URL(`http://${behind}`);
  const next = connect(Number(port), hostname);
  socket.pipe(next).pipe(socket);
  socket.on('error', () => next.destroy());
  next.on('error', () => socket.destroy());
  socket.on('close', () => next.destroy());
}
