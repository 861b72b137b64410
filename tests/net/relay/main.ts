// The relay's process: `node tests/net/relay/main.ts OPTIONS`, with an IPC channel. It ends when the channel does.
import process from 'node:process';
import type { RelayOptions, RelayRequest } from './messages.ts';
import { Relay } from './Relay.ts';

const relay = await Relay.open(JSON.parse(process.argv[2] ?? '') as RelayOptions);

function answer(request: RelayRequest): unknown {
  switch (request.type) {
    case 'impair':
      return relay.impair(request.client, request.up, request.down);
    case 'move':
      return relay.move(request.client);
    case 'counts':
      return relay.counts(request.client);
  }
}

process.on('message', ({ id, request }: { id: number; request: RelayRequest }) => {
  process.send?.({ id, result: answer(request) ?? null });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, result: null });
