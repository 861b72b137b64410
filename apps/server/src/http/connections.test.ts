import { EventEmitter } from 'node:events';
import { Server } from 'node:http';
import { expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { limitConnections } from './connections.ts';

/** The part of a socket that is looked at. */
class Connection extends EventEmitter {
  readonly remoteAddress: string;
  destroyed = false;

  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

function serverBehind(trustedProxies: readonly string[]): { connect(address: string): Connection } {
  const context = { config: { http: { trustedProxies } } } as unknown as Context;
  const server = limitConnections(new Server(), context);
  return {
    connect(address) {
      const connection = new Connection(address);
      server.listeners('connection').at(-1)?.call(server, connection);
      return connection;
    },
  };
}

test('one address has its share of connections, and others have theirs', () => {
  const server = serverBehind([]);
  const connections = Array.from({ length: 2_001 }, () => server.connect('192.0.2.1'));
  expect(connections.filter(({ destroyed }) => destroyed)).toHaveLength(1);
  expect(server.connect('192.0.2.2').destroyed).toBe(false);
  // The addresses of one customer's network count as one (RFC 6177).
  const many = Array.from({ length: 2_001 }, (_, index) => server.connect(`2001:db8::${index.toString(16)}`));
  expect(many.at(-1)?.destroyed).toBe(true);
});

test('what is closed no longer counts', () => {
  const server = serverBehind([]);
  for (let round = 0; round < 5_000; round++) server.connect('192.0.2.1').destroy();
  expect(server.connect('192.0.2.1').destroyed).toBe(false);
});
