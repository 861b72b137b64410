import { describe, expect, it } from 'vitest';
import { RtpPacket } from '../rtp/RtpPacket.ts';
import { StreamSwitch } from './StreamSwitch.ts';

function packet(keyFrame: boolean): RtpPacket {
  const made = new RtpPacket(new Uint8Array(1));
  made.payloadEnd = 1;
  made.codec = 'VP8';
  made.keyFrame = keyFrame;
  return made;
}

describe('StreamSwitch', () => {
  it('keeps the former stream until the key frame of the new one', () => {
    const [old, next] = [{}, {}];
    const selection = new StreamSwitch<object>(true);
    selection.aim(old);
    expect(selection.decide(old, packet(false))).toBe('drop');
    expect(selection.decide(old, packet(true))).toBe('start');
    expect(selection.awaiting).toBeNull();
    selection.aim(next);
    expect(selection.awaiting).toBe(next);
    expect(selection.decide(next, packet(false))).toBe('drop');
    expect(selection.decide(old, packet(false))).toBe('continue');
    expect(selection.decide(next, packet(true))).toBe('start');
    expect(selection.decide(old, packet(true))).toBe('drop');
    expect(selection.decide(next, packet(true))).toBe('continue');
  });

  it('goes back without a key frame when the change is called off', () => {
    const [old, next] = [{}, {}];
    const selection = new StreamSwitch<object>(true);
    selection.aim(old);
    selection.decide(old, packet(true));
    selection.aim(next);
    selection.aim(old);
    expect(selection.awaiting).toBeNull();
    expect(selection.decide(old, packet(false))).toBe('continue');
  });

  it('stops at once when released or aimed at nothing', () => {
    const [old, next] = [{}, {}];
    const selection = new StreamSwitch<object>(true);
    selection.aim(old);
    selection.decide(old, packet(true));
    selection.aim(next);
    selection.release(old);
    expect(selection.decide(old, packet(true))).toBe('drop');
    expect(selection.decide(next, packet(true))).toBe('start');
    selection.aim(null);
    expect(selection.decide(next, packet(true))).toBe('drop');
  });

  it('takes any packet of a sound stream, but no padding', () => {
    const stream = {};
    const selection = new StreamSwitch<object>(false);
    selection.aim(stream);
    const padding = packet(false);
    padding.payloadEnd = 0;
    expect(selection.decide(stream, padding)).toBe('drop');
    expect(selection.decide(stream, packet(false))).toBe('start');
  });
});

describe('a stream that goes over to another codec', () => {
  it('does so with a key frame', () => {
    const stream = {};
    const selection = new StreamSwitch<object>(true);
    selection.aim(stream);
    expect(selection.decide(stream, packet(true))).toBe('start');
    const other = (keyFrame: boolean): RtpPacket =>
      Object.assign(packet(keyFrame), { codec: 'H264' as const });
    expect(selection.decide(stream, other(false))).toBe('drop');
    expect(selection.decide(stream, other(true))).toBe('start');
    expect(selection.decide(stream, other(true))).toBe('continue');
    expect(selection.awaiting).toBeNull();
  });
});
