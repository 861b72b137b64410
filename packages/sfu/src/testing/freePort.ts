import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nobody has at the moment, neither over UDP nor over TCP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const socket = createSocket('udp4');
    socket.bind(0);
    await once(socket, 'listening');
    const { port } = socket.address();
    const free = await isTcpFree(port);
    socket.close();
    await once(socket, 'close');
    if (free) return port;
  }
}

/** Connections of others take their ports from the same range. */
async function isTcpFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port);
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!free) return false;
  server.close();
  await once(server, 'close');
  return true;
}
