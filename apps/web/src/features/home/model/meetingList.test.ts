import type { Meeting } from '@conclave/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryStorage } from '../../../storage/memoryStorage.ts';
import { coming, MeetingList, ordered } from './meetingList.ts';
import { PasscodeStore } from './passcodes.ts';

const answer = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => vi.unstubAllGlobals());

function meeting(id: string, createdAt: string, lastUsedAt: string | null = null): Meeting {
  return {
    id: id as Meeting['id'],
    title: null,
    role: 'host',
    hostName: 'Ada',
    controls: [],
    createdAt,
    lastUsedAt,
    participants: 0,
    choices: {},
    schedule: null,
    next: null,
    cohosts: [],
    invited: 0,
  };
}

function sent(index: number): { path: string; body: Record<string, unknown> } {
  const [path, init] = answer.mock.calls[index] ?? [];
  return { path: String(path), body: JSON.parse(String(init?.body ?? '{}')) };
}

describe('MeetingList', () => {
  it('never tells the server a passcode, and keeps it in this browser', async () => {
    const passcodes = new PasscodeStore('me', new MemoryStorage());
    const list = new MeetingList(passcodes);
    answer.mockImplementation(async (_, init) => {
      const { id } = JSON.parse(String(init?.body)) as { id: string };
      return Response.json(meeting(id, '2026-01-01T00:00:00Z'));
    });
    const made = await list.make();
    expect(passcodes.get(made.id)).toBe(made.passcode);
    expect(Object.keys(sent(0).body).sort()).toEqual(['id', 'title', 'verifier']);
    expect(JSON.stringify(answer.mock.calls)).not.toContain(made.passcode);
  });

  it('keeps the former passcode when the server refuses the new one', async () => {
    const passcodes = new PasscodeStore('me', new MemoryStorage());
    passcodes.set('abcde-fghjk-mnpqr-stuvw', 'former');
    answer.mockImplementation(async () =>
      Response.json({ error: { code: 'auth.forbidden', text: '' } }, { status: 403 }),
    );
    await expect(new MeetingList(passcodes).renewPasscode('abcde-fghjk-mnpqr-stuvw')).rejects.toThrow();
    expect(passcodes.get('abcde-fghjk-mnpqr-stuvw')).toBe('former');
  });

  it('notices that somebody has been signed out elsewhere', async () => {
    const signedOut = vi.fn();
    const error = { code: 'auth.required', text: '' };
    answer.mockImplementation(async () => Response.json({ error }, { status: 401 }));
    await new MeetingList(new PasscodeStore('me', new MemoryStorage()), signedOut).load();
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it('shows the last used first', () => {
    const old = meeting('a', '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z');
    const fresh = meeting('b', '2026-02-01T00:00:00Z');
    expect(ordered([fresh, old]).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('shows those that are to come by their next time', () => {
    const at = (id: string, start: string | null) => ({
      ...meeting(id, '2026-01-01T00:00:00Z'),
      next: start === null ? null : { start, end: start },
    });
    const all = [at('b', '2026-12-02T00:00:00Z'), at('c', null), at('a', '2026-12-01T00:00:00Z')];
    expect(coming(all).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
