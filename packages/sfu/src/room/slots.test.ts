import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { View } from '../control/media.ts';
import { AudioRanking } from './AudioRanking.ts';
import { allocateAudioSlots } from './allocateAudioSlots.ts';
import { allocateVideoSlots } from './allocateVideoSlots.ts';

const peer = fc.constantFrom(...'abcdefghij');
const peers = fc.uniqueArray(peer, { maxLength: 10 });
const current = fc.array(fc.option(peer), { maxLength: 6 });
const unique = (slots: readonly (string | null)[]) => {
  const filled = slots.filter((slot) => slot !== null);
  expect(new Set(filled).size).toBe(filled.length);
  return filled;
};

describe('allocateAudioSlots', () => {
  it('gives the loudest a slot each, nobody two, and is stable', () => {
    fc.assert(
      fc.property(current, peers, peers, (slots, speakers, others) => {
        const ranking = new AudioRanking(speakers, others);
        const next = allocateAudioSlots(slots, ranking, 'v');
        expect(next).toHaveLength(slots.length);
        const filled = unique(next);
        for (const speaker of speakers.slice(0, slots.length)) expect(filled).toContain(speaker);
        for (const name of filled) expect([...speakers, ...others]).toContain(name);
        const candidates = new Set([...speakers, ...others]).size;
        expect(filled.length).toBe(Math.min(slots.length, candidates));
        expect(allocateAudioSlots(next, ranking, 'v')).toEqual(next);
        // Whoever stays, stays in the same slot.
        for (const [slot, name] of next.entries())
          if (name !== null && slots.includes(name)) expect(slots.indexOf(name)).toBe(slot);
      }),
    );
  });

  it('gives whoever listens what a ranking without them would give', () => {
    fc.assert(
      fc.property(current, peers, peers, peer, (slots, speakers, others, viewer) => {
        const without = (list: readonly string[]) => list.filter((name) => name !== viewer);
        const theirs = slots.map((name) => (name === viewer ? null : name));
        expect(allocateAudioSlots(slots, new AudioRanking(speakers, others), viewer)).toEqual(
          allocateAudioSlots(theirs, new AudioRanking(without(speakers), without(others)), 'v'),
        );
      }),
    );
  });

  it('moves nobody when the order of speakers changes', () => {
    const slots = ['a', 'b', 'c', 'd'];
    const others = ['a', 'b', 'c', 'd', 'e'];
    expect(allocateAudioSlots(slots, new AudioRanking(['d', 'c', 'b'], others), 'v')).toEqual(slots);
  });

  it('replaces whoever spoke longest ago', () => {
    const others = ['e', 'b', 'd', 'a', 'c'];
    expect(allocateAudioSlots(['a', 'b', 'c', 'd'], new AudioRanking(['e'], others), 'v')).toEqual([
      ...['a', 'b', 'e', 'd'],
    ]);
  });
});

describe('allocateVideoSlots', () => {
  const size = fc.constantFrom({ width: 0, height: 0 }, { width: 320, height: 180 });
  const view = fc.record({
    tiles: fc.integer({ min: 0, max: 8 }),
    tile: size,
    pinned: fc.uniqueArray(peer, { maxLength: 4 }),
    sizes: fc.array(fc.record({ participantId: peer, size }), { maxLength: 5 }),
    screen: size,
  }) satisfies fc.Arbitrary<View>;

  it('never fills more than asked, nobody twice, nobody hidden or without camera, never oneself', () => {
    fc.assert(
      fc.property(current, view, peer, peers, peers, (slots, shown, viewer, cameras, speakers) => {
        const request = { current: slots, view: shown, viewer, cameras: new Set(cameras), speakers };
        const next = allocateVideoSlots(request);
        expect(next).toHaveLength(slots.length);
        const filled = unique(next);
        const visible = cameras.filter((name) => {
          const named = shown.sizes.find(({ participantId }) => participantId === name)?.size ?? shown.tile;
          return name !== viewer && named.width > 0;
        });
        for (const name of filled) expect(visible).toContain(name);
        const limit = Math.min(slots.length, shown.tiles);
        expect(filled.length).toBe(Math.min(limit, visible.length));
        for (const [slot, name] of next.entries())
          if (name !== null && slots.includes(name)) expect(slots.indexOf(name)).toBe(slot);
        expect(allocateVideoSlots({ ...request, current: next })).toEqual(next);
        // Pinned first, then speakers.
        const first = [...new Set([...shown.pinned, ...speakers])].filter((name) => visible.includes(name));
        for (const name of first.slice(0, limit)) expect(filled).toContain(name);
      }),
    );
  });

  it('keeps silent people where they are when another camera comes', () => {
    const tile = { width: 320, height: 180 };
    const shown = { tiles: 2, tile, pinned: [], sizes: [], screen: tile };
    const cameras = new Set(['a', 'b', 'c']);
    const request = { current: ['c', 'b'], view: shown, viewer: 'v', speakers: [] };
    expect(allocateVideoSlots({ ...request, cameras })).toEqual(['c', 'b']);
    expect(allocateVideoSlots({ ...request, cameras, speakers: ['a'] })).toEqual(['c', 'a']);
  });
});
