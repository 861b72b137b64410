// The other ends, in a process of their own: `peers.ts ours|janus sources|sinks SCENARIO`.

import { Sink, Tally } from './Sink.ts';
import { startSource } from './Source.ts';
import type { Ask, FromPeers, Kind, Scenario, ToPeers } from './scenario.ts';
import { openOurs, publishToJanus, type Server, subscribeToJanus, type Transport } from './Transport.ts';

const [kind, role, text = ''] = process.argv.slice(2) as [Kind, 'sources' | 'sinks', string];
const scenario = JSON.parse(text) as Scenario;
const waiting = new Map<number, (sdp: string) => void>();
const begun: (() => void)[] = [];
const tally = new Tally();

const say = (message: FromPeers): void => void process.send?.(message);
let asked = 0;
const ask = (what: Ask): Promise<string> =>
  new Promise((resolve) => {
    waiting.set(++asked, resolve);
    say({ type: 'ask', id: asked, ask: what });
  });
const server: Server = {
  publish: (peer, offer) => ask({ what: 'publish', peer, offer }),
  subscribe: (peer, offer) => ask({ what: 'subscribe', peer, offer }),
  accept: (peer, answer) => ask({ what: 'accept', peer, answer }),
};

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToPeers) => {
  if (message.type === 'reply') waiting.get(message.id)?.(message.sdp);
  else if (message.type === 'begin') for (const begin of begun) begin();
  else report();
});

function report(): void {
  const delays = tally.delays.sort((a, b) => a - b);
  const at = (share: number): number => delays[Math.floor(delays.length * share)] ?? Number.NaN;
  const { packets, bytes } = tally;
  say({ type: 'report', report: { packets, bytes, p50: at(0.5), p99: at(0.99) } });
  tally.packets = 0;
  tally.bytes = 0;
  tally.delays.length = 0;
}

async function openSource(index: number): Promise<void> {
  const ssrc = 10_000 + index;
  const peer = `source-${index}`;
  const transport: Transport =
    kind === 'ours' ? await openOurs(server, peer, 0) : await publishToJanus(server, peer, ssrc);
  const line = kind === 'ours' ? { mid: '1', rid: 'h' } : { mid: '0', rid: null };
  begun.push(() => startSource(transport, { ...line, ssrc, rate: scenario.rate }));
}

async function openSink(index: number): Promise<void> {
  const peer = `sink-${index}`;
  const transport: Transport =
    kind === 'ours' ? await openOurs(server, peer, scenario.sources) : await subscribeToJanus(server, peer);
  new Sink(transport, tally);
}

if (role === 'sources') for (let index = 0; index < scenario.sources; index++) await openSource(index);
else for (let index = 0; index < scenario.sinks; index++) await openSink(index);
say({ type: 'ready' });
