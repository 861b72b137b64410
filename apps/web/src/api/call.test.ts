import { ACCOUNT_ROUTES, MEETING_ROUTES } from '@conclave/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, fill } from './call.ts';
import { RequestError } from './RequestError.ts';

const answer = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
});

const meeting = {
  id: 'abcde-fghjk-mnpqr-stuvw',
  title: null,
  role: 'host',
  hostName: 'Ada',
  controls: [],
  createdAt: '2026-01-02T03:04:05Z',
  lastUsedAt: null,
  participants: 0,
  choices: {},
  schedule: null,
  next: null,
  cohosts: [],
  invited: 0,
};

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof RequestError ? thrown.code : 'none';
}

describe('call', () => {
  it('sends the header that no simple cross-site request can carry with every change, and not to read', async () => {
    answer.mockImplementation(async () => new Response(null, { status: 204 }));
    await call(ACCOUNT_ROUTES.signOut);
    expect(answer.mock.lastCall?.[1]).toMatchObject({ method: 'DELETE', headers: { 'x-conclave': '1' } });
    answer.mockImplementation(async () => Response.json({ meetings: [meeting] }));
    expect(await call(MEETING_ROUTES.listMeetings)).toEqual({ meetings: [meeting] });
    expect(answer.mock.lastCall?.[1]?.headers).not.toHaveProperty('x-conclave');
  });

  it('fills in and encodes parameters', async () => {
    answer.mockImplementation(async () => Response.json(meeting));
    await call(MEETING_ROUTES.changeMeeting, { params: { id: 'a/b' }, body: { title: 'x' } });
    expect(answer.mock.lastCall?.[0]).toBe('/api/v1/meetings/a%2Fb');
    expect(fill('/a/:id/b/:other', { id: '?', other: '#' })).toBe('/a/%3F/b/%23');
  });

  it('trusts no answer that its schema refuses', async () => {
    answer.mockImplementation(async () =>
      Response.json({ meetings: [{ ...meeting, participants: 'many' }] }),
    );
    expect(await codeOf(call(MEETING_ROUTES.listMeetings))).toBe('server.internal');
    answer.mockImplementation(async () => new Response('<html>'));
    expect(await codeOf(call(MEETING_ROUTES.listMeetings))).toBe('server.internal');
  });

  it('gives the code of a refusal, its field and the wait', async () => {
    const error = { code: 'password.too_common', text: 'x', field: 'password', retryAfterMs: 5 };
    answer.mockImplementation(async () => Response.json({ error }, { status: 422 }));
    const thrown = await call(ACCOUNT_ROUTES.signOut).catch((caught: unknown) => caught);
    expect(thrown).toMatchObject({ code: 'password.too_common', field: 'password', retryAfterMs: 5 });
  });

  it('tells a network that is away from a server that fails', async () => {
    answer.mockRejectedValue(new TypeError('failed'));
    expect(await codeOf(call(ACCOUNT_ROUTES.me))).toBe('network.unreachable');
    answer.mockImplementation(async () => new Response('Bad gateway', { status: 502 }));
    expect(await codeOf(call(ACCOUNT_ROUTES.me))).toBe('network.unreachable');
    answer.mockImplementation(async () => new Response('oops', { status: 500 }));
    expect(await codeOf(call(ACCOUNT_ROUTES.me))).toBe('server.internal');
  });
});
