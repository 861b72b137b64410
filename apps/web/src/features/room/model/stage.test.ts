import type { ParticipantState } from '@conclave/client';
import { describe, expect, it } from 'vitest';
import { focusOf, largeOf, smallPictures } from './stage.ts';

function person(id: string, change: Partial<ParticipantState> = {}): ParticipantState {
  return {
    id,
    name: id,
    role: 'guest',
    entry: 'passcode',
    admittedBy: null,
    invitedAs: null,
    controls: [],
    stage: 'on',
    allowed: { microphone: true, camera: true, screen: true, screenAudio: true },
    self: id === 'me',
    connected: true,
    quality: 'good',
    sources: { microphone: false, camera: false, screen: false, screenAudio: false },
    breakoutRoom: null,
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

describe('largeOf', () => {
  const all = [person('me'), person('a'), person('b')];
  const camera = (participantId: string) => ({ participantId, source: 'camera' as const });

  it('is whom a host shows to everybody, oneself too, in the order of the host', () => {
    expect(largeOf(all, null, ['b', 'me', 'gone'])).toEqual([camera('b'), camera('me')]);
  });

  it("is rather one's own choice, or a screen", () => {
    expect(largeOf(all, camera('a'), ['b'])).toEqual([camera('a')]);
    expect(largeOf([person('me'), person('a', sharing)], null, ['me'])).toEqual([
      { participantId: 'a', source: 'screen' },
    ]);
  });
});

describe('smallPictures', () => {
  it('keeps the order, leaves out what is large, and oneself on request', () => {
    const all = [person('me'), person('a', sharing), person('b')];
    const focus = focusOf(all, null);
    const ids = (selfView: boolean, large = focus) =>
      smallPictures(all, large === null ? [] : [large], selfView).map(
        ({ participantId, source }) => `${source}:${participantId}`,
      );
    expect(ids(true)).toEqual(['camera:me', 'camera:a', 'camera:b']);
    expect(ids(false)).toEqual(['camera:a', 'camera:b']);
    expect(ids(true, { participantId: 'b', source: 'camera' })).toEqual([
      'screen:a',
      'camera:me',
      'camera:a',
    ]);
  });
});
