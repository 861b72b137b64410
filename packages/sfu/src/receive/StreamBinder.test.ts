import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRtp } from '../rtp/buildRtp.ts';
import { ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { parseRtp } from '../rtp/parseRtp.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { decapsulateRtx } from './rtxDecapsulation.ts';
import { StreamBinder } from './StreamBinder.ts';

const table = new ExtensionTable({ mid: 1, rid: 2, repairedRid: 3 });
const RTX = 97;

function packet(
  ssrc: number,
  tokens: { mid?: string; rid?: string; repairedRid?: string },
  options: { payloadType?: number; payload?: Uint8Array; padding?: number } = {},
): RtpPacket {
  const ids = { mid: 1, rid: 2, repairedRid: 3 } as const;
  const extensions = Object.entries(tokens).map(([name, value]) => ({
    id: ids[name as keyof typeof ids],
    data: new TextEncoder().encode(value),
  }));
  const { payloadType = 96, payload = Uint8Array.of(1), padding = 0 } = options;
  const bytes = buildRtp({
    ...{ payloadType, sequenceNumber: 5, timestamp: 6, ssrc, payload, padding, extensions, marker: true },
  });
  const parsed = parseRtp(bytes, table, 77);
  if (parsed === null) throw new Error('not parsed');
  return parsed;
}

const camera = { mid: '1', rids: ['q', 'h', 'f'], rtxPayloadTypes: [RTX] };
const screen = {
  ...{ mid: '2', rids: [], rtxPayloadTypes: [RTX] },
  declared: [
    { ssrc: 50, repair: false },
    { ssrc: 51, repair: true },
  ],
};

describe('StreamBinder', () => {
  it('learns layers and their repair streams from the first packets and keeps them', () => {
    const binder = new StreamBinder([camera, screen]);
    expect(binder.bind(packet(10, {}))).toBeNull();
    const layer = binder.bind(packet(10, { mid: '1', rid: 'h' }));
    expect(layer).toEqual({ ssrc: 10, mid: '1', rid: 'h', repair: false });
    expect(binder.bind(packet(10, {}))).toBe(layer);
    const repair = binder.bind(packet(11, { mid: '1', repairedRid: 'h' }, { payloadType: RTX }));
    expect(repair).toMatchObject({ rid: 'h', repair: true });
    expect(repair && binder.partner(repair)).toBe(layer);
  });

  it('binds a repair stream by a probe that comes before its media', () => {
    const binder = new StreamBinder([camera]);
    const tokens = { mid: '1', repairedRid: 'q' };
    const probe = packet(20, tokens, { payloadType: RTX, payload: new Uint8Array(0), padding: 200 });
    const repair = binder.bind(probe);
    expect(repair).toMatchObject({ rid: 'q', repair: true });
    expect(repair && binder.partner(repair)).toBeNull();
    const media = binder.bind(packet(21, { mid: '1', rid: 'q' }));
    expect(repair && binder.partner(repair)).toBe(media);
  });

  it('knows declared streams, and repair by payload type where there is no rid', () => {
    const binder = new StreamBinder([screen]);
    expect(binder.bind(packet(50, {}))).toMatchObject({ mid: '2', rid: null, repair: false });
    expect(binder.bind(packet(51, {}, { payloadType: RTX }))).toMatchObject({ repair: true });
    expect(binder.bind(packet(60, { mid: '2' }, { payloadType: RTX }))).toMatchObject({ repair: true });
  });

  it('refuses lines and rids that were not negotiated', () => {
    const binder = new StreamBinder([camera]);
    expect(binder.bind(packet(1, { mid: '9', rid: 'q' }))).toBeNull();
    expect(binder.bind(packet(1, { mid: '1', rid: 'x' }))).toBeNull();
    expect(binder.bind(packet(1, { mid: '1' }))).toBeNull();
    expect(binder.size).toBe(0);
  });

  it('stays bounded under a flood of SSRCs; the newest of a layer counts', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom('q', 'h', 'f'), fc.boolean()),
          { maxLength: 200 },
        ),
        (flood) => {
          const binder = new StreamBinder([camera, screen]);
          for (const [ssrc, rid, repair] of flood) {
            const tokens = repair ? { mid: '1', repairedRid: rid } : { mid: '1', rid };
            binder.bind(packet(ssrc, tokens, { payloadType: repair ? RTX : 96 }));
            expect(binder.get(ssrc)).not.toBeNull();
            expect(binder.size).toBeLessThanOrEqual(8);
          }
        },
      ),
    );
  });
});

describe('decapsulateRtx', () => {
  it('gives back the original packet without a copy', () => {
    const rtx = packet(11, {}, { payloadType: RTX, payload: Uint8Array.of(0x12, 0x34, 7, 8), padding: 3 });
    const original = decapsulateRtx(rtx, 10, 96);
    expect(original).toMatchObject({
      ...{ ssrc: 10, payloadType: 96, sequenceNumber: 0x1234, timestamp: 6, marker: true },
      ...{ arrival: 77, repaired: true, payloadLength: 2 },
    });
    expect(original?.bytes).toBe(rtx.bytes);
    expect(original?.bytes[original.payloadOffset]).toBe(7);
  });

  it('finds nothing in padding or in too short a payload', () => {
    for (const length of [0, 1, 2]) {
      const payload = new Uint8Array(length);
      expect(decapsulateRtx(packet(11, {}, { payloadType: RTX, payload, padding: 9 }), 10, 96)).toBeNull();
    }
  });
});
