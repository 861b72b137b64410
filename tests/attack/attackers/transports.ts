import { setTimeout as sleep } from 'node:timers/promises';
import ndc from 'node-datachannel';
import { MediaPeer } from '../../../packages/sfu/src/testing/MediaPeer.ts';
import { USES } from '../../../packages/sfu/src/testing/Meeting.ts';
import { readLocalDescription } from '../../../packages/sfu/src/testing/readLocalDescription.ts';
import { writeOffer } from '../../../packages/sfu/src/testing/writeOffer.ts';
import { type Attack, type AttackContext, Tally } from './context.ts';

/** Calls `act` one after the other until the time is over. */
async function repeatedly(
  context: AttackContext,
  act: (index: number, tally: Tally) => Promise<void>,
): Promise<Tally> {
  const tally = new Tally();
  await context.begin();
  const end = performance.now() + context.seconds * 1_000;
  for (let index = 0; performance.now() < end; index++) await act(index, tally);
  return tally;
}

/** `sent` counts what is asked for, `received` what is granted. */
async function ask(
  context: AttackContext,
  tally: Tally,
  peer: string,
  offer: MediaPeer,
): Promise<string | null> {
  tally.out(offer.offer.length);
  try {
    const answer = await context.connect(peer, offer);
    tally.in(answer.length);
    return answer;
  } catch {
    // Refused, and so no longer asked for as fast as it goes.
    await sleep(2);
    return null;
  }
}

export const transports: Readonly<Record<string, Attack>> = {
  /** One participant offers again and again, and never comes. */
  offers: async (context) => {
    const offer = await MediaPeer.open(USES);
    const { deeds } = await repeatedly(context, async (_, tally) => {
      await ask(context, tally, 'mallory offers', offer);
    });
    offer.close();
    return deeds;
  },
  /** Very many participants who offer and never come. */
  halfOpen: async (context) => {
    const offer = await MediaPeer.open(USES);
    const most = Number(context.options['most'] ?? 100);
    const { deeds } = await repeatedly(context, async (index, tally) => {
      if (index < most) await ask(context, tally, `mallory ${index}`, offer);
      else await sleep(10);
    });
    offer.close();
    return deeds;
  },
  /** Twenty offers a second, each by somebody else, whose text is nothing but lines that a parser has to try. */
  bombs: async (context) => {
    const head = 'v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
    const fillings = [
      'a=x\r\n',
      'a=inactive\r\n',
      'a=simulcast:x\r\n',
      'a=rtpmap:1 a/1\r\n',
      `a=fmtp:1 ${' ;'.repeat(900)}\r\n`,
    ];
    const lines = [{ mid: '0', use: 'microphone' }] as const;
    const { deeds } = await repeatedly(context, async (index, tally) => {
      const filling = fillings[index % fillings.length] ?? '';
      const offer = head + filling.repeat(Math.floor(47_000 / filling.length));
      tally.out(offer.length);
      await context.connect(`bomber ${index}`, { offer, lines }).then(
        () => tally.in(1),
        () => {},
      );
      await sleep(50);
    });
    return deeds;
  },
  /** Comes, and goes as soon as it is there. */
  storm: async (context) => {
    const { deeds } = await repeatedly(context, async (index, tally) => {
      const peer = await MediaPeer.open(USES);
      const answer = await ask(context, tally, `stormy ${index}`, peer);
      if (answer !== null) await Promise.race([peer.accept(answer), sleep(1_000)]);
      peer.close();
    });
    return deeds;
  },
  /** Opens data channels that nobody has negotiated, and fills them: SCTP in DTLS on a transport that has none. */
  dataChannels: async (context) => {
    const tally = new Tally();
    const connection = new ndc.PeerConnection('attacker', { iceServers: [], disableAutoNegotiation: true });
    const track = connection.addTrack(new ndc.Video('0', 'SendRecv'));
    const channels = Array.from({ length: 8 }, (_, index) =>
      connection.createDataChannel(`channel ${index}`),
    );
    for (const channel of channels) channel.onOpen(() => tally.in(1));
    connection.setLocalDescription('offer');
    while (connection.gatheringState() !== 'complete') await sleep(10);
    const sdp = connection.localDescription()?.sdp ?? '';
    const lines = USES.map((use, index) => ({ mid: String(index), use }));
    const answer = await context.connect('mallory data', {
      offer: writeOffer(lines, readLocalDescription(sdp)),
      lines,
    });
    const remote = readLocalDescription(answer);
    const transport = [
      'c=IN IP4 0.0.0.0',
      `a=ice-ufrag:${remote.iceUfrag}`,
      `a=ice-pwd:${remote.icePwd}`,
      `a=fingerprint:sha-256 ${remote.fingerprint}`,
      `a=setup:${remote.setup}`,
      ...answer.split('\r\n').filter((line) => line.startsWith('a=candidate:') && / udp /i.test(line)),
    ];
    const data = /^a=mid:(\S+)/m.exec(sdp.slice(sdp.indexOf('m=application')))?.[1] ?? '1';
    const sections = [
      [
        'm=video 9 UDP/TLS/RTP/SAVPF 96',
        ...transport,
        'a=mid:0',
        'a=sendrecv',
        'a=rtcp-mux',
        'a=rtpmap:96 VP8/90000',
      ],
      [
        'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
        ...transport,
        `a=mid:${data}`,
        'a=sctp-port:5000',
        'a=max-message-size:262144',
      ],
    ];
    const order = sdp.indexOf('m=application') < sdp.indexOf('m=video') ? [...sections].reverse() : sections;
    const session = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE 0 ${data}`];
    connection.setRemoteDescription([...session, ...order.flat(), ''].join('\r\n'), 'answer');
    while (!track.isOpen()) await sleep(10);
    await context.begin();
    const end = performance.now() + context.seconds * 1_000;
    while (performance.now() < end) {
      tally.out(connection.bytesSent());
      await sleep(100);
    }
    connection.close();
    return tally.deeds;
  },
};
