import type { ParticipantState } from '@conclave/client';
import { describe, expect, it } from 'vitest';
import { focusOf, smallPictures } from './stage.ts';

function person(id: string, change: Partial<ParticipantState> = {}): ParticipantState {
  return {
    id,
    name: id,
    role: 'guest',
    self: id === 'me',
    connected: true,
    quality: 'good',
    sources: { microphone: false, camera: false, screen: false, screenAudio: false },
    joinedAt: '2026-01-01T00:00:00Z',
    camera: null,
    screen: null,
    ...change,
  };
}
const sharing = { sources: { microphone: false, camera: false, screen: true, screenAudio: false } };
const track = {} as MediaStreamTrack;

describe('focusOf', () => {
  it('is nothing while nobody shares and nothing is pinned', () => {
    expect(focusOf([person('me'), person('a')], null)).toBeNull();
  });

  it('shows a screen, the one that has come first of all, and never one’s own', () => {
    const others = [person('me', sharing), person('a', sharing), person('b', { ...sharing, screen: track })];
    expect(focusOf(others, null)).toEqual({ participantId: 'b', source: 'screen' });
    expect(focusOf([person('me', sharing)], null)).toBeNull();
  });

  it('prefers what is pinned until it is gone', () => {
    const pinned = { participantId: 'a', source: 'camera' } as const;
    expect(focusOf([person('me'), person('a'), person('b', sharing)], pinned)).toEqual(pinned);
    expect(focusOf([person('me'), person('b')], pinned)).toBeNull();
    expect(focusOf([person('me'), person('a')], { ...pinned, source: 'screen' })).toBeNull();
  });

  it('lets a pinned screen go when the server sends another one instead', () => {
    const pinned = { participantId: 'a', source: 'screen' } as const;
    const b = person('b', { ...sharing, screen: track });
    expect(focusOf([person('a', sharing), person('b', sharing)], pinned)).toEqual(pinned);
    expect(focusOf([person('a', sharing), b], pinned)).toEqual({ participantId: 'b', source: 'screen' });
    expect(focusOf([person('a', { ...sharing, screen: track }), b], pinned)).toEqual(pinned);
  });
});

describe('smallPictures', () => {
  it('keeps the order, leaves out what is large, and oneself on request', () => {
    const all = [person('me'), person('a', sharing), person('b')];
    const focus = focusOf(all, null);
    const ids = (selfView: boolean, large = focus) =>
      smallPictures(all, large, selfView).map(({ participantId, source }) => `${source}:${participantId}`);
    expect(ids(true)).toEqual(['camera:me', 'camera:a', 'camera:b']);
    expect(ids(false)).toEqual(['camera:a', 'camera:b']);
    expect(ids(true, { participantId: 'b', source: 'camera' })).toEqual([
      'screen:a',
      'camera:me',
      'camera:a',
    ]);
  });
});
