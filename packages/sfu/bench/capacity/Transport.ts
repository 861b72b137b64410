import ndc, { type PeerConnection, type Track } from 'node-datachannel';
import { MediaPeer } from '../../src/testing/MediaPeer.ts';

/** One end of a media transport of either server. */
export interface Transport {
  send(packet: Uint8Array): void;
  onPacket(listener: (packet: Buffer) => void): void;
}

/** Asks the server; the answer is SDP, or nothing where none is due. */
export interface Server {
  publish(peer: string, offer: string): Promise<string>;
  subscribe(peer: string, offer: string | null): Promise<string>;
  accept(peer: string, answer: string): Promise<string>;
}

/** @param slots of video that the peer offers to receive */
export async function openOurs(server: Server, peer: string, slots: number): Promise<Transport> {
  const uses = [
    'microphone',
    'camera',
    'audio-slot',
    ...Array.from({ length: slots }, () => 'video-slot' as const),
  ];
  const media = await MediaPeer.open(uses as never);
  const { offer } = media;
  await media.accept(slots > 0 ? await server.subscribe(peer, offer) : await server.publish(peer, offer));
  return media;
}

const EXTENSIONS = [
  'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=rtcp-fb:96 transport-cc',
];

/** Janus has a transport for each publisher, whose offer it answers. */
export async function publishToJanus(server: Server, peer: string, ssrc: number): Promise<Transport> {
  const connection = open(peer);
  const video = new ndc.Video('0', 'SendOnly');
  video.addVP8Codec(96);
  video.addSSRC(ssrc, peer);
  const track = connection.addTrack(video);
  const opened = whenOpen(track);
  const offer = (await describe(connection, 'offer')).trimEnd().split('\r\n');
  const answer = await server.publish(peer, [...offer, ...EXTENSIONS, ''].join('\r\n'));
  connection.setRemoteDescription(answer, 'answer');
  await opened;
  return transport([track]);
}

/** And one for each subscriber, with a media line for each publisher, which it offers. */
export async function subscribeToJanus(server: Server, peer: string): Promise<Transport> {
  const connection = open(peer);
  const tracks: Track[] = [];
  connection.onTrack((track) => tracks.push(track));
  connection.setRemoteDescription(await server.subscribe(peer, null), 'offer');
  const answer = await describe(connection, 'answer');
  const opened = new Promise<void>((resolve) =>
    connection.onStateChange((state) => {
      if (state === 'connected') resolve();
    }),
  );
  await server.accept(peer, answer);
  await opened;
  return transport(tracks);
}

function open(name: string): PeerConnection {
  return new ndc.PeerConnection(name, { iceServers: [], disableAutoNegotiation: true, mtu: 1_500 });
}

function describe(connection: PeerConnection, type: 'offer' | 'answer'): Promise<string> {
  return new Promise((resolve) => {
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') resolve(connection.localDescription()?.sdp ?? '');
    });
    connection.setLocalDescription(type);
  });
}

function whenOpen(track: Track): Promise<void> {
  return new Promise((resolve) => track.onOpen(() => resolve()));
}

function transport(tracks: readonly Track[]): Transport {
  return {
    send: (packet) => void tracks[0]?.sendMessageBinary(Buffer.from(packet)),
    onPacket: (listener) => {
      for (const track of tracks) track.onMessage(listener);
    },
  };
}
