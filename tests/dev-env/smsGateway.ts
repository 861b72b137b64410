import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SmsGateway extends AsyncDisposable {
  /** For the settings of a server: `[sms]`. */
  readonly settings: { url: string; headers: string[]; body: string; timeoutSeconds: number };
  readonly messages: { readonly to: string; readonly text: string }[];
  /** The status of its answers. */
  status: number;
}

/** A gateway on this machine that takes text messages as JSON. */
export async function startSmsGateway(): Promise<SmsGateway> {
  const messages: { to: string; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (gateway.status === 200) messages.push(JSON.parse(Buffer.concat(parts).toString()));
    response.writeHead(gateway.status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const gateway: SmsGateway = {
    settings: {
      url: `http://127.0.0.1:${port}/messages`,
      headers: ['Content-Type: application/json'],
      body: '{"to":"{to}","text":"{text}"}',
      timeoutSeconds: 5,
    },
    messages,
    status: 200,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return gateway;
}
