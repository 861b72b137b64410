import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../control/events.ts';
import { SfuError } from '../control/SfuError.ts';
import { writeNack } from '../rtcp/nack.ts';
import { parseRtcp } from '../rtcp/parseRtcp.ts';
import { writeReceiverEstimatedBitrate } from '../rtcp/receiverEstimatedBitrate.ts';
import { collectRtp, nextPacket, nextRtp, sendFlow } from '../testing/flow.ts';
import { freePort } from '../testing/freePort.ts';
import { MediaPeer } from '../testing/MediaPeer.ts';
import { ALL, Meeting, NONE, VIEW } from '../testing/Meeting.ts';
import { opusPacket, rtxPacket, vp8Packet } from '../testing/mediaPackets.ts';
import { until } from '../testing/until.ts';
import { MediaWorker } from './MediaWorker.ts';

const voice = (ssrc: number) => (sequence: number) => opusPacket({ mid: '0', ssrc, sequence });
/** A key frame every tenth packet. */
const picture = (ssrc: number, rid: string) => (sequence: number) =>
  vp8Packet({ mid: '1', rid, ssrc, sequence, keyFrame: sequence % 10 === 0 });
const sequenceOf = (packet: Buffer) => packet.readUInt16BE(2);
const code = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof SfuError ? error.code : String(error)),
  );

/** An orphan that has ended stays a zombie where nobody collects it: that is no process any more. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a media worker', () => {
  it('carries a voice from one peer to the other, and nobody hears themselves', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    const own = collectRtp(anna, anna.slot('audio-slot').ssrc);
    using _ = sendFlow(anna, voice(11));
    const first = await nextRtp(ben, ben.slot('audio-slot').ssrc);
    expect(first.length).toBeGreaterThan(60);
    const { speakers } = await meeting.event<WorkerEvent & { type: 'speakers' }>(
      (e) => e.type === 'speakers',
    );
    expect(speakers).toEqual(['anna']);
    const slots = meeting.events.findLast((e) => e.type === 'slots' && e.peer === 'ben');
    expect(
      slots?.type === 'slots' && slots.slots.find(({ use }) => use === 'audio-slot')?.participantId,
    ).toBe('anna');
    expect(own).toEqual([]);
  });

  it('shows a camera from its first key frame on, without gaps, and names its layer', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    const got = collectRtp(ben, ben.slot('video-slot').ssrc);
    const wanted = await meeting.event<WorkerEvent & { type: 'wanted' }>(
      (e) => e.type === 'wanted' && e.peer === 'anna' && e.wanted.camera.length > 0,
    );
    expect(wanted.wanted.camera).toEqual(['h']);
    using _ = sendFlow(anna, picture(21, 'h'), { first: 1_005 });
    await meeting.event(
      (e) => e.type === 'slots' && e.peer === 'ben' && e.slots.some(({ layer }) => layer === 'h'),
    );
    await until(() => got.length > 20);
    // The first one forwarded is a key frame: P is 0 in the byte after the descriptor.
    const payload = got[0]?.at(-1);
    expect(payload).toBe(1_010 & 0xff);
    const numbers = got.map(sequenceOf);
    expect(numbers.map((n) => (n - (numbers[0] ?? 0)) & 0xffff)).toEqual(numbers.map((_, index) => index));
  });

  it('asks for a key frame when a viewer comes, and not more than once a second', async () => {
    await using meeting = await Meeting.open();
    const anna = await meeting.join('anna');
    const requests: number[] = [];
    anna.onPacket((packet) => {
      const asks = (parseRtcp(packet) ?? []).some(({ type }) => type === 'picture-loss-indication');
      if (asks) requests.push(performance.now());
    });
    // Nothing but delta frames: the wish stays open.
    using _ = sendFlow(anna, (sequence) =>
      vp8Packet({ mid: '1', rid: 'h', ssrc: 21, sequence, keyFrame: false }),
    );
    await meeting.join('ben');
    await meeting.join('carl');
    await until(() => requests.length === 3);
    const [first = 0, second = 0, third = 0] = requests;
    expect(third - first).toBeGreaterThan(1_500);
    expect(second - first).toBeGreaterThan(500);
  });

  it('stops on arrival what may not be sent, whatever the sender does', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    const got = collectRtp(ben, ben.slot('audio-slot').ssrc);
    using _ = sendFlow(anna, voice(11), { interval: 5 });
    await until(() => got.length > 3);
    await meeting.worker.setAllowed('room', 'anna', { ...ALL, microphone: false });
    const forwarded = async () =>
      (await meeting.statsOf('ben')).slots.reduce((sum, { packets }) => sum + packets, 0);
    const before = await forwarded();
    const { dropped } = await meeting.statsOf('anna');
    await until(async () => (await meeting.statsOf('anna')).dropped.forbidden > dropped.forbidden + 20);
    const { slots } = await meeting.statsOf('ben');
    expect(slots.find(({ use }) => use === 'audio-slot')?.participantId).toBeNull();
    expect(await forwarded()).toBe(before);
    await meeting.worker.setAllowed('room', 'anna', ALL);
    await nextRtp(ben, ben.slot('audio-slot').ssrc);
  });

  it('does not forward what the sender has not declared to be on', async () => {
    await using meeting = await Meeting.open();
    const anna = await meeting.join('anna', { sources: { ...NONE, microphone: true } });
    const ben = await meeting.join('ben');
    const got = collectRtp(ben, ben.slot('video-slot').ssrc);
    using _voice = sendFlow(anna, voice(11));
    using _picture = sendFlow(anna, picture(21, 'h'), { interval: 5 });
    await nextRtp(ben, ben.slot('audio-slot').ssrc);
    await until(async () => (await meeting.statsOf('anna')).dropped.forbidden > 20);
    expect(got).toEqual([]);
    await meeting.worker.setSources('room', 'anna', { ...NONE, microphone: true, camera: true });
    await nextRtp(ben, ben.slot('video-slot').ssrc);
  });

  it('takes packets of no line for nothing', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    // On a line that it receives on, on one that does not exist, with a rid that was not negotiated.
    using _a = sendFlow(anna, (sequence) => opusPacket({ mid: '4', ssrc: 31, sequence }), { interval: 5 });
    using _b = sendFlow(anna, (sequence) => opusPacket({ mid: 'x', ssrc: 32, sequence }), { interval: 5 });
    using _c = sendFlow(anna, picture(33, 'z'), { interval: 5 });
    await until(async () => (await meeting.statsOf('anna')).dropped.unbound > 50);
    expect((await meeting.statsOf('ben')).slots.every(({ packets }) => packets === 0)).toBe(true);
    expect(ben.slot('audio-slot').ssrc).toBeGreaterThan(0);
  });

  it('answers a NACK with the packet on the RTX stream', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    const { ssrc, rtxSsrc } = ben.slot('video-slot');
    using _ = sendFlow(anna, picture(21, 'h'));
    const lost = await nextRtp(ben, ssrc);
    const repaired = nextRtp(ben, rtxSsrc ?? 0);
    ben.send(writeNack(1, ssrc, [sequenceOf(lost)]));
    const packet = await repaired;
    expect((packet[1] ?? 0) & 0x7f).toBe(97);
    // 12 bytes of header, 8 of abs-send-time, then the original number and the payload (RFC 4588, section 4).
    expect(packet.readUInt16BE(20)).toBe(sequenceOf(lost));
    expect(packet.subarray(22)).toEqual(lost.subarray(20));
  });

  it('reports to the sender: NACK for a gap, arrival times, receiver reports', async () => {
    await using meeting = await Meeting.open();
    const anna = await meeting.join('anna');
    const nack = nextPacket(anna, (p) => parseRtcp(p)?.some(({ type }) => type === 'nack') ?? false);
    const feedback = nextPacket(
      anna,
      (p) => parseRtcp(p)?.some(({ type }) => type === 'transport-feedback') ?? false,
    );
    const report = nextPacket(
      anna,
      (p) => parseRtcp(p)?.some((r) => r.type === 'receiver-report' && r.reports.length > 0) ?? false,
    );
    await meeting.join('ben');
    let skipped = false;
    using _ = sendFlow(anna, (sequence) => {
      const leap = sequence > 1_020 ? 1 : 0;
      skipped = leap === 1;
      const packet = { mid: '1', rid: 'h', ssrc: 21, sequence: sequence + leap, transportSequence: sequence };
      return vp8Packet({ ...packet, keyFrame: sequence === 1_000 });
    });
    const [asked] = parseRtcp(await nack) ?? [];
    expect(skipped).toBe(true);
    expect(asked).toMatchObject({ type: 'nack', mediaSsrc: 21, sequenceNumbers: [1_021] });
    await feedback;
    await report;
  });

  it('forwards what a retransmission has brought, in its place', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    const got = collectRtp(ben, ben.slot('video-slot').ssrc);
    const packet = picture(21, 'h');
    const flow = sendFlow(anna, packet);
    await until(() => got.length > 5);
    flow[Symbol.dispose]();
    const last = 1_000 + flow.sent - 1;
    // What came before the slot was filled is not forwarded, so what is expected is counted from here.
    const streamOfAnna = async () => (await meeting.statsOf('anna')).upstream.find(({ rid }) => rid === 'h');
    await until(async () => (await streamOfAnna())?.packets === flow.sent);
    const { slots } = await meeting.statsOf('ben');
    const forwarded = slots.find(({ use }) => use === 'video-slot')?.packets ?? 0;
    const lost = packet(last + 1);
    anna.send(packet(last + 2));
    anna.send(rtxPacket(lost, { mid: '1', rid: 'h', ssrc: 91, sequence: 7 }));
    await until(() => got.length >= forwarded + 2);
    const numbers = got.slice(-3).map(sequenceOf);
    expect(numbers.map((n) => (n - (numbers[0] ?? 0)) & 0xffff)).toEqual([0, 2, 1]);
    expect(got.at(-1)?.subarray(-150)).toEqual(Buffer.from(lost.subarray(-150)));
    expect((await streamOfAnna())?.packetsRepaired).toBe(1);
  });

  it('goes down a layer when a receiver without transport-wide feedback says that its path carries less', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben', { feedback: false })];
    const layer = (rid: string, ssrc: number, bytes: number) => (sequence: number) =>
      vp8Packet({ mid: '1', rid, ssrc, sequence, keyFrame: sequence % 10 === 0, bytes });
    const shows = (rid: string) => (e: WorkerEvent) =>
      e.type === 'slots' && e.peer === 'ben' && e.slots.some((slot) => slot.layer === rid);
    using _h = sendFlow(anna, layer('h', 21, 1_000));
    await meeting.event(shows('h'));
    await until(async () => ((await meeting.statsOf('anna')).upstream[0]?.bitrate ?? 0) > 200_000);
    const since = meeting.events.length;
    for (const estimate of [600_000, 150_000]) ben.send(writeReceiverEstimatedBitrate(1, estimate, []));
    await meeting.event(
      (e) => e.type === 'wanted' && e.peer === 'anna' && e.wanted.camera.includes('q'),
      since,
    );
    using _q = sendFlow(anna, layer('q', 22, 100));
    await meeting.event(shows('q'), since);
    const { downlink } = await meeting.statsOf('ben');
    expect(downlink).toMatchObject({ estimate: 150_000, source: 'remb' });
  });

  it('keeps the old picture until the key frame of the new layer is there', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    const got = collectRtp(ben, ben.slot('video-slot').ssrc);
    using _h = sendFlow(anna, picture(21, 'h'));
    await meeting.event((e) => e.type === 'slots' && e.slots.some(({ layer }) => layer === 'h'));
    await meeting.worker.setView('room', 'ben', { ...VIEW, tile: { width: 1280, height: 720 } });
    let keyFrame = false;
    using _f = sendFlow(anna, (sequence) => {
      const packet = vp8Packet({ mid: '1', rid: 'f', ssrc: 22, sequence, keyFrame, bytes: 900 });
      keyFrame = false;
      return packet;
    });
    await meeting.event((e) => e.type === 'wanted' && e.peer === 'anna' && e.wanted.camera.includes('f'));
    const small = got.length;
    await until(() => got.length > small + 10);
    expect(got.every(({ length }) => length < 400)).toBe(true);
    keyFrame = true;
    await meeting.event((e) => e.type === 'slots' && e.slots.some(({ layer }) => layer === 'f'));
    await until(() => (got.at(-1)?.length ?? 0) > 900);
    const numbers = got.map(sequenceOf);
    expect(numbers.map((n) => (n - (numbers[0] ?? 0)) & 0xffff)).toEqual(numbers.map((_, index) => index));
  });

  it('pauses a camera that nobody watches', async () => {
    await using meeting = await Meeting.open();
    await meeting.join('anna');
    await meeting.join('ben');
    const wants = (layers: string) => (e: WorkerEvent) =>
      e.type === 'wanted' && e.peer === 'anna' && e.wanted.camera.join() === layers;
    await meeting.event(wants('h'));
    const since = meeting.events.length;
    await meeting.worker.setView('room', 'ben', { ...VIEW, tile: { width: 0, height: 0 } });
    await meeting.event(wants(''), since);
    await meeting.worker.setView('room', 'ben', { ...VIEW, tile: { width: 100, height: 100 } });
    await meeting.event(wants('q'), since);
  });

  it('drops what is over the limits', async () => {
    await using meeting = await Meeting.open({ maxIncomingBitrate: 200_000 });
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    using _ = sendFlow(
      anna,
      (sequence) => vp8Packet({ mid: '1', rid: 'h', ssrc: 21, sequence, keyFrame: true, bytes: 1_000 }),
      { interval: 2 },
    );
    await until(async () => (await meeting.statsOf('anna')).dropped.overLimit > 300);
    const { bytesOut } = await meeting.statsOf('ben');
    expect(bytesOut).toBeLessThan(200_000);
    expect(ben.receiveLines.length).toBeGreaterThan(0);
  });

  it('replaces the transport of a peer who offers again', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    using first = sendFlow(anna, voice(11));
    await nextRtp(ben, ben.slot('audio-slot').ssrc);
    const again = await meeting.join('anna');
    using second = sendFlow(again, voice(12));
    const heard = await nextRtp(ben, ben.slot('audio-slot').ssrc);
    expect(heard.length).toBeGreaterThan(60);
    expect(meeting.events.some((e) => e.type === 'transport' && e.state === 'closed')).toBe(false);
    expect([first.sent, second.sent].every((sent) => sent > 0)).toBe(true);
    expect((await meeting.worker.stats('room')).peers.length).toBe(2);
  });

  it('frees the slots of a peer who leaves', async () => {
    await using meeting = await Meeting.open();
    const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
    using _ = sendFlow(anna, voice(11));
    await nextRtp(ben, ben.slot('audio-slot').ssrc);
    const since = meeting.events.length;
    await meeting.worker.disconnect('room', 'anna');
    await meeting.event(
      (e) =>
        e.type === 'slots' &&
        e.peer === 'ben' &&
        e.slots.every(({ participantId }) => participantId === null),
      since,
    );
    expect((await meeting.worker.stats('room')).peers.map(({ peer }) => peer)).toEqual(['ben']);
  });
});

describe('calls on a media worker', () => {
  it('are refused with a code', async () => {
    await using meeting = await Meeting.open();
    const { worker } = meeting;
    using peer = await MediaPeer.open(['microphone']);
    const request = { offer: peer.offer, lines: [...peer.lines], allowed: ALL, sources: ALL };
    expect(await code(worker.connect({ room: 'other', peer: 'p', ...request }))).toBe('room_unknown');
    expect(await code(worker.connect({ room: 'room', peer: 'p', ...request, offer: 'v=0' }))).toBe(
      'offer_invalid',
    );
    expect(await code(worker.setAllowed('room', 'nobody', NONE))).toBe('peer_unknown');
    expect(await code(worker.openRoom(''))).toBe('request_invalid');
    expect(await code(worker.disconnect('room', 'nobody'))).toBe('none');
  });

  it('port_unavailable: the port belongs to somebody else', async () => {
    const socket = createSocket('udp4').bind(0);
    await once(socket, 'listening');
    expect(await code(MediaWorker.start({ udpPort: socket.address().port, log: () => {} }))).toBe(
      'port_unavailable',
    );
    socket.close();
  });

  it('worker_gone: waiting ones and later ones, when the process is killed', async () => {
    await using meeting = await Meeting.open();
    const { worker } = meeting;
    process.kill(worker.pid, 'SIGSTOP');
    const waiting = code(worker.stats('room'));
    process.kill(worker.pid, 'SIGKILL');
    expect(await worker.closed).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await waiting).toBe('worker_gone');
    expect(await code(worker.openRoom('another'))).toBe('worker_gone');
  });

  it('end by themselves when the parent is killed', async () => {
    const script = `
      import { MediaWorker } from ${JSON.stringify(new URL('./MediaWorker.ts', import.meta.url).href)};
      const worker = await MediaWorker.start({ udpPort: ${await freePort()}, log: () => {} });
      process.stdout.write(String(worker.pid) + '\\n');
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isRunning(pid));
  });
});
