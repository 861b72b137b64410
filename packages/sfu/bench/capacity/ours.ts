import type { LineUse, OfferLine } from '../../src/control/media.ts';
import { MediaWorker } from '../../src/host/MediaWorker.ts';
import { freePort } from '../../src/testing/freePort.ts';
import type { MediaProcess } from './MediaProcess.ts';
import type { Scenario } from './scenario.ts';

const ON = { microphone: true, camera: true, screen: false, screenAudio: false };
const TILE = { width: 640, height: 360 };

/** A media worker as the server starts it, with one room. */
export async function startOurs(scenario: Scenario): Promise<MediaProcess> {
  const worker = await MediaWorker.start({
    udpPort: await freePort(),
    announcedAddresses: ['127.0.0.1'],
    maxIncomingBitrate: 100_000_000,
    log: (record) => console.error(record),
  });
  await worker.openRoom('room');
  const connect = async (peer: string, offer: string, slots: number, tiles: number): Promise<string> => {
    const { answer } = await worker.connect({
      room: 'room',
      peer,
      offer,
      lines: lines(slots),
      allowed: ON,
      sources: { ...ON, camera: tiles === 0 },
    });
    await worker.setView('room', peer, { tiles, tile: TILE, pinned: [], sizes: [], screen: TILE });
    return answer;
  };
  return {
    pid: worker.pid,
    publish: (peer, offer) => connect(peer, offer, 0, 0),
    subscribe: (peer, offer) => connect(peer, offer ?? '', scenario.sources, scenario.sources),
    accept: () => Promise.resolve(''),
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}

/** As the peers offer them. */
function lines(slots: number): OfferLine[] {
  const uses: LineUse[] = ['microphone', 'camera', 'audio-slot'];
  for (let slot = 0; slot < slots; slot++) uses.push('video-slot');
  return uses.map((use, index) => ({ mid: String(index), use }));
}
