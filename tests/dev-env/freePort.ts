import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A UDP port that nothing is on now, whose number is free over TCP as well: media workers take both. With several
 * workers take care that the ones after it are free too.
 */
export async function freeUdpPort(): Promise<number> {
  for (;;) {
    const socket = createSocket('udp4').bind(0);
    await once(socket, 'listening');
    const { port } = socket.address();
    const free = await isTcpFree(port);
    socket.close();
    if (free) return port;
  }
}

async function isTcpFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (free) server.close();
  return free;
}
