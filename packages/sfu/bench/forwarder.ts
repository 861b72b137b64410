// The process that is measured: `forwarder.ts sfu|bare PORT`.
import { setTimeout as sleep } from 'node:timers/promises';
import { isRtcp } from '../src/rtp/parseRtp.ts';
import { writeAnswer } from '../src/sdp/answer.ts';
import { announcedCandidates } from '../src/sdp/candidates.ts';
import { negotiate } from '../src/sdp/negotiate.ts';
import { MediaEndpoint } from '../src/transport/MediaEndpoint.ts';
import type { MediaTransport } from '../src/transport/MediaTransport.ts';
import { MediaServer } from '../src/worker/MediaServer.ts';
import { type Message, type Mode, tell } from './messages.ts';

type Offer = Extract<Message, { type: 'offer' }>;

interface Forwarder {
  connect(offer: Offer): Promise<string>;
  /** Packets sent so far. */
  packets(): Promise<number>;
}

const on = { microphone: true, camera: true, screen: false, screenAudio: false };

/** The worker's own code path, in this process. */
async function sfu(udpPort: number): Promise<Forwarder> {
  const server = new MediaServer({ emit: () => {}, log: (record) => console.error(record) });
  await server.handle({ id: 0, type: 'start', options: { udpPort, announcedAddresses: ['127.0.0.1'] } });
  await server.handle({ id: 0, type: 'openRoom', room: 'bench' });
  return {
    async connect({ peer, offer, lines }) {
      const target = { id: 0, room: 'bench', peer } as const;
      const result = await server.handle({
        ...target,
        type: 'connect',
        offer,
        lines,
        allowed: on,
        sources: on,
      });
      const tile = { width: 640, height: 360 };
      const view = { tiles: 1, tile, pinned: ['source'], sizes: [], screen: tile };
      await server.handle({ ...target, type: 'setView', view });
      return 'answer' in result ? result.answer : '';
    },
    async packets() {
      const stats = await server.handle({ id: 0, type: 'stats', room: 'bench' });
      const peers = 'peers' in stats ? stats.peers : [];
      return peers.flatMap(({ slots }) => slots).reduce((sum, slot) => sum + slot.packets, 0);
    },
  };
}

/** Every packet of the source to every sink, with the sink's SSRC: what the transport costs by itself. */
async function bare(udpPort: number): Promise<Forwarder> {
  const onFault = (where: string, error: unknown) => console.error(where, error);
  const endpoint = await MediaEndpoint.open({ udpPort, onFault });
  const sinks: { transport: MediaTransport; ssrc: number }[] = [];
  let sent = 0;
  const forward = (packet: Buffer): void => {
    if (isRtcp(packet)) return;
    for (const { transport, ssrc } of sinks) {
      packet.writeUInt32BE(ssrc, 8);
      if (transport.send(packet)) sent += 1;
    }
  };
  return {
    async connect({ peer, offer, lines }) {
      const negotiation = negotiate(offer, lines);
      const transport = endpoint.openTransport({
        remote: negotiation.remote,
        onPacket: peer === 'source' ? forward : () => {},
        onState: () => {},
        onFault,
      });
      const slots = negotiation.lines.filter(({ direction }) => direction === 'recvonly');
      if (peer !== 'source') sinks.push({ transport, ssrc: 5_000 + sinks.length });
      return writeAnswer({
        negotiation,
        local: transport.local,
        candidates: announcedCandidates(['127.0.0.1'], udpPort),
        streams: new Map(slots.map(({ mid }) => [mid, { ssrc: 5_000 + sinks.length - 1, rtxSsrc: 9_000 }])),
        cname: 'bench',
        sessionId: 1,
      });
    },
    packets: () => Promise.resolve(sent),
  };
}

const [mode, port] = process.argv.slice(2) as [Mode, string];
const forwarder = mode === 'sfu' ? await sfu(Number(port)) : await bare(Number(port));
process.on('disconnect', () => process.exit(0));
process.on('message', async (message: Message) => {
  if (message.type === 'offer') {
    tell({ type: 'answer', peer: message.peer, answer: await forwarder.connect(message) });
  } else if (message.type === 'measure') {
    const packets = await forwarder.packets();
    const usage = process.cpuUsage();
    await sleep(message.milliseconds);
    const { user, system } = process.cpuUsage(usage);
    tell({ type: 'measured', microseconds: user + system, packets: (await forwarder.packets()) - packets });
  }
});
tell({ type: 'ready' });
