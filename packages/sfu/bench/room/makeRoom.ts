import type { LineUse, OfferLine } from '../../src/control/media.ts';
import type { Connection } from '../../src/room/Connection.ts';
import { Delivery } from '../../src/room/Delivery.ts';
import { Peer } from '../../src/room/Peer.ts';
import { Reception } from '../../src/room/Reception.ts';
import { negotiate } from '../../src/sdp/negotiate.ts';
import { opusPacket, vp8Packet } from '../../src/testing/mediaPackets.ts';
import { writeOffer } from '../../src/testing/writeOffer.ts';
import { PacketBuffer } from '../../src/transport/PacketBuffer.ts';

const VISIBLE = 16;
const VOICES = 4;
const USES: readonly LineUse[] = [
  'microphone',
  'camera',
  'screen',
  'screen-audio',
  ...Array.from({ length: VOICES }, () => 'audio-slot' as const),
  ...Array.from({ length: VISIBLE }, () => 'video-slot' as const),
  'screen-slot',
  'screen-audio-slot',
];
const LINES: readonly OfferLine[] = USES.map((use, index) => ({ mid: String(index), use }));
// Without transport-wide feedback nothing speaks against any layer.
const OFFER = writeOffer(
  LINES,
  {
    iceUfrag: 'abcdefgh',
    icePwd: 'abcdefghijklmnopqrstuvwx',
    fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
    setup: 'active',
    candidates: [],
  },
  false,
);
const ON = { microphone: true, camera: true, screen: false, screenAudio: false };
const TILE = { width: 320, height: 180 };
const buffer = new PacketBuffer();

export interface RoomOfPeers {
  readonly peers: ReadonlyMap<string, Peer>;
  /** One packet of everything that everybody sends: without it, it would soon count as paused. */
  beat(time: number, sequence: number): void;
}

/** People with everything on who see 16 of the others, without a transport: what they send is put in by hand. */
export function makeRoom(size: number): RoomOfPeers {
  const peers = new Map<string, Peer>();
  const beats: ((time: number, sequence: number) => void)[] = [];
  for (let index = 0; index < size; index++) {
    const peer = new Peer(`participant-${index}`);
    peer.permit(ON, ON);
    peer.view = { tiles: VISIBLE, tile: TILE, pinned: [], sizes: [], screen: { width: 0, height: 0 } };
    peers.set(peer.id, peer);
    beats.push(connect(peer, index));
  }
  return {
    peers,
    beat: (time, sequence) => {
      for (const beat of beats) beat(time, sequence);
    },
  };
}

function connect(peer: Peer, index: number): (time: number, sequence: number) => void {
  const { lines } = negotiate(OFFER, LINES);
  const reception = new Reception({
    peer,
    lines,
    maxBitrate: undefined,
    feedbackSsrc: 1,
    send: () => {},
    onStream: () => {},
    onAudioLevel: () => {},
  });
  const delivery = new Delivery(lines, 1, {
    buffer,
    send: () => true,
    resend: () => true,
    connected: () => true,
    onSwitch: () => {},
  });
  peer.connection = {
    get streams() {
      return reception.streams;
    },
    slots: delivery.slots,
    spend: delivery.spend.bind(delivery),
    connected: true,
  } as unknown as Connection;
  const first = 1_000 + index * 10;
  return (time, sequence) => {
    reception.receive(opusPacket({ mid: '0', ssrc: first, sequence }), time);
    for (const [layer, rid] of ['q', 'h', 'f'].entries())
      reception.receive(
        vp8Packet({ mid: '1', rid, ssrc: first + 1 + layer, sequence, keyFrame: true }),
        time,
      );
  };
}
