import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A port that nothing is on now. With several workers take care that the ones after it are free too. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
