import { UNAMBIGUOUS_ALPHABET } from '@conclave/protocol';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readFragment, takeFragment } from './fragment.ts';

const id = 'abcde-fghjk-mnpqr-stuvw';

describe('readFragment', () => {
  it('knows the owner link and the meeting link', () => {
    expect(readFragment('/set-up', '#token')).toEqual({ kind: 'link', token: 'token' });
    expect(readFragment('/new-password/', '#token')).toEqual({ kind: 'link', token: 'token' });
    expect(readFragment(`/m/${id}`, '#abcd-efgh')).toEqual({
      kind: 'meeting',
      meetingId: id,
      passcode: 'abcd-efgh',
      invitation: null,
    });
    expect(readFragment(`/m/${id}/`, '#a%20b')).toMatchObject({ passcode: 'a b' });
  });

  it.each([
    ['/', '#secret'],
    ['/m/not-an-id', '#secret'],
    [`/m/${id}`, ''],
    [`/m/${id}`, '#'],
    [`/m/${id}`, '#%E0%A4%A'],
    [`/m/${id}`, `#${'a'.repeat(300)}`],
  ])('takes nothing from %s%s', (path, hash) => expect(readFragment(path, hash)).toBeNull());
});

describe('the link of an invitation', () => {
  const read = (hash: string) => readFragment(`/m/${id}`, hash);

  it.each([
    ['#i=secret', { passcode: null, invitation: 'secret' }],
    ['#p=abcd&i=secret', { passcode: 'abcd', invitation: 'secret' }],
    ['#i=secret&p=abcd', { passcode: 'abcd', invitation: 'secret' }],
    ['#p=abcd', { passcode: 'abcd', invitation: null }],
    ['#p=&i=secret', { passcode: null, invitation: 'secret' }],
    // A chat that encodes what it should not has changed nothing of a passcode.
    ['#i%3Dsecret', { passcode: 'i=secret', invitation: null }],
  ])('%s', (hash, parts) => expect(read(hash)).toMatchObject(parts));

  it.each(['#i=', '#p=&i='])('%s holds nothing', (hash) => expect(read(hash)).toBeNull());

  it('has both as they were put in, whatever they are', () => {
    const value = fc
      .string({ minLength: 1, maxLength: 20, unit: 'binary' })
      .map((text) => text.toWellFormed());
    fc.assert(
      fc.property(value, value, (passcode, invitation) => {
        const hash = `#p=${encodeURIComponent(passcode)}&i=${encodeURIComponent(invitation)}`;
        expect(read(hash)).toEqual({ kind: 'meeting', meetingId: id, passcode, invitation });
      }),
    );
  });

  it('a passcode of today is a passcode and nothing else', () => {
    const character = fc.constantFrom(...UNAMBIGUOUS_ALPHABET, '-');
    fc.assert(
      fc.property(fc.string({ unit: character, minLength: 1, maxLength: 40 }), (passcode) => {
        expect(read(`#${passcode}`)).toEqual({ kind: 'meeting', meetingId: id, passcode, invitation: null });
      }),
    );
  });
});

describe('takeFragment', () => {
  it('takes the secret out of the address, and keeps the rest', () => {
    const replaceState = vi.fn();
    const location = { pathname: `/m/${id}`, search: '?x=1', hash: '#abc' };
    const fragment = takeFragment({ location, history: { state: null, replaceState } } as unknown as Window);
    expect(fragment).toMatchObject({ passcode: 'abc' });
    expect(replaceState).toHaveBeenCalledWith(null, '', `/m/${id}?x=1`);
  });
});
