import { describe, expect, it } from 'vitest';
import { roomView, type Shown } from './roomView.ts';

const camera = (participantId: string) => ({ participantId, source: 'camera' as const });
const screen = (participantId: string) => ({ participantId, source: 'screen' as const });
const base: Shown = {
  selfId: 'me',
  participants: ['me', 'a', 'b', 'c'],
  large: [],
  main: null,
  small: [camera('me'), camera('a'), camera('b'), camera('c')],
  tile: { width: 320, height: 180 },
  stage: { width: 1200, height: 700 },
  hidden: new Set(),
  pixelRatio: 2,
  away: false,
};
const nothing = { width: 0, height: 0 };

describe('roomView', () => {
  it('counts the tiles of others, in device pixels', () => {
    expect(roomView(base)).toEqual({
      tiles: 3,
      tile: { width: 640, height: 360 },
      pinned: [],
      sizes: new Map(),
      screen: { width: 2400, height: 1400 },
    });
  });

  it('guesses before it is known who is there', () => {
    const view = roomView({ ...base, selfId: null, participants: [], small: [] });
    expect(view).toMatchObject({ tiles: 16, tile: { width: 640, height: 360 } });
  });

  it('enlarges what is pinned', () => {
    const view = roomView({
      ...base,
      large: [camera('a')],
      main: { width: 1000, height: 600 },
      small: [camera('me'), camera('b'), camera('c')],
    });
    expect(view.pinned).toEqual(['a']);
    expect(view.sizes.get('a')).toEqual({ width: 2000, height: 1200 });
    expect(view.tiles).toBe(3);
  });

  it('asks for nothing of whoever is hidden or has no tile', () => {
    const view = roomView({
      ...base,
      small: [camera('me'), camera('a'), camera('b')],
      hidden: new Set(['a']),
    });
    expect(view.sizes).toEqual(
      new Map([
        ['a', nothing],
        ['c', nothing],
      ]),
    );
    expect(view.tiles).toBe(1);
  });

  it('asks for nothing of a picture that is pinned and hidden', () => {
    const view = roomView({
      ...base,
      large: [camera('a')],
      main: { width: 9, height: 9 },
      hidden: new Set(['a']),
    });
    expect(view.sizes.get('a')).toEqual(nothing);
  });

  it('gives the screen the size that it has', () => {
    const large = roomView({ ...base, large: [screen('a')], main: { width: 1000, height: 600 } });
    expect(large.screen).toEqual({ width: 2000, height: 1200 });
    const small = roomView({ ...base, large: [camera('b')], small: [screen('a'), ...base.small] });
    expect(small.screen).toEqual({ width: 640, height: 360 });
  });

  it('asks for nothing at all while nobody looks', () => {
    expect(roomView({ ...base, away: true })).toEqual({
      tiles: 0,
      tile: nothing,
      pinned: [],
      sizes: new Map(),
      screen: nothing,
    });
  });
});
