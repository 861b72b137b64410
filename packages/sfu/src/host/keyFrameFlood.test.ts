import { describe, expect, it } from 'vitest';
import { writeFullIntraRequest } from '../rtcp/fullIntraRequest.ts';
import { parseRtcp } from '../rtcp/parseRtcp.ts';
import { writePictureLossIndication } from '../rtcp/pictureLossIndication.ts';
import { isRtcp } from '../rtp/parseRtp.ts';
import { sendFlow } from '../testing/flow.ts';
import type { MediaPeer } from '../testing/MediaPeer.ts';
import { Meeting } from '../testing/Meeting.ts';
import { vp8Packet } from '../testing/mediaPackets.ts';
import { until } from '../testing/until.ts';

/** PLI and FIR for the picture of the first slot, a hundred a second of each. */
function flood(peer: MediaPeer): Disposable {
  const { ssrc } = peer.slot('video-slot');
  let count = 0;
  const timer = setInterval(() => {
    if (!peer.open) return;
    peer.send(writePictureLossIndication(1, ssrc));
    peer.send(writeFullIntraRequest(1, [{ ssrc, sequence: count++ & 0xff }]));
  }, 10);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

describe('receivers that ask for key frames without end', () => {
  it('make the sender send one a second at most, all of them together', async () => {
    await using meeting = await Meeting.open();
    const anna = await meeting.join('anna');
    const viewers = [await meeting.join('ben'), await meeting.join('carl'), await meeting.join('dora')];
    const requests: number[] = [];
    anna.onPacket((packet) => {
      if (!isRtcp(packet)) return;
      for (const { type } of parseRtcp(packet) ?? [])
        if (type === 'picture-loss-indication' || type === 'full-intra-request')
          requests.push(performance.now());
    });
    let keyFrameAt = 0;
    using _ = sendFlow(anna, (sequence) => {
      // As an encoder does: a key frame for every request.
      const keyFrame = keyFrameAt < (requests.at(-1) ?? 1);
      if (keyFrame) keyFrameAt = performance.now();
      return vp8Packet({ mid: '1', rid: 'h', ssrc: 21, sequence, keyFrame });
    });
    const shown = async () =>
      (await Promise.all(['ben', 'carl', 'dora'].map((peer) => meeting.statsOf(peer)))).every(({ slots }) =>
        slots.some(({ layer }) => layer === 'h'),
      );
    await until(shown);
    const floods = viewers.map((viewer) => flood(viewer));
    const since = requests.length;
    await until(() => requests.length >= since + 4);
    for (const each of floods) each[Symbol.dispose]();
    const flooded = requests.slice(since);
    for (const [index, time] of flooded.entries())
      if (index > 0) expect(time - (flooded[index - 1] ?? 0)).toBeGreaterThan(900);
    const asked = (await meeting.statsOf('ben')).slots.find(({ use }) => use === 'video-slot');
    expect(asked?.keyFrameRequestsReceived).toBeGreaterThan(200);
  });
});
