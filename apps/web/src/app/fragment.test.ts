import { describe, expect, it, vi } from 'vitest';
import { readFragment, takeFragment } from './fragment.ts';

const id = 'abcde-fghjk-mnpqr-stuvw';

describe('readFragment', () => {
  it('knows the owner link and the meeting link', () => {
    expect(readFragment('/set-up', '#token')).toEqual({ kind: 'link', token: 'token' });
    expect(readFragment('/new-password/', '#token')).toEqual({ kind: 'link', token: 'token' });
    expect(readFragment(`/m/${id}`, '#abcd-efgh')).toEqual({
      kind: 'passcode',
      meetingId: id,
      passcode: 'abcd-efgh',
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

describe('takeFragment', () => {
  it('takes the secret out of the address, and keeps the rest', () => {
    const replaceState = vi.fn();
    const location = { pathname: `/m/${id}`, search: '?x=1', hash: '#abc' };
    const fragment = takeFragment({ location, history: { state: null, replaceState } } as unknown as Window);
    expect(fragment).toMatchObject({ passcode: 'abc' });
    expect(replaceState).toHaveBeenCalledWith(null, '', `/m/${id}?x=1`);
  });
});
