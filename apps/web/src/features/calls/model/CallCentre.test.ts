import type { CallChannelMessage } from '@conclave/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallCentre } from './CallCentre.ts';

const ada = '7d0f1a52-6f0e-4a3b-9c61-0f8b1f0a0001';
const grace = '7d0f1a52-6f0e-4a3b-9c61-0f8b1f0a0002';
const callId = '7d0f1a52-6f0e-4a3b-9c61-0f8b1f0a0003';
const endsAt = '2026-11-27T06:00:00.000Z';
const incoming = { callId, caller: { kind: 'member', accountId: ada, name: 'Ada' }, endsAt } as never;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

const answer = vi.fn<typeof fetch>();
beforeEach(() => {
  vi.stubGlobal('fetch', answer);
  answer.mockImplementation(async (path) =>
    path === '/api/v1/calls' ? Response.json({ callId, endsAt }) : new Response(null, { status: 204 }),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
});

function sent(): Sent[] {
  return answer.mock.calls.map(([path, init]) => ({
    method: String(init?.method),
    path: String(path).replace('/api/v1', ''),
    body: JSON.parse(String(init?.body ?? '{}')) as Record<string, unknown>,
  }));
}

/** Somebody with one page open, to whom the service says what a test wants. */
function person(accountId: string, isStrange?: () => Promise<boolean>) {
  let tell: (message: CallChannelMessage) => void = () => {};
  const connected = Promise.withResolvers<readonly [meetingId: string, passcode: string]>();
  const over: string[] = [];
  const centre = new CallCentre({
    accountId,
    onConnected: (meetingId, passcode) => connected.resolve([meetingId, passcode]),
    onOver: (_, how) => void over.push(how),
    ...(isStrange === undefined ? {} : { isStrange }),
    openChannel: ({ onMessage }) => {
      tell = onMessage;
      return { [Symbol.dispose]: () => {} };
    },
  });
  const hear = (message: unknown) => tell(message as CallChannelMessage);
  const rings = (...calls: unknown[]) =>
    hear({ type: 'state', calls: 'contacts', quiet: null, missed: 0, incoming: calls });
  return { centre, hear, rings, over, connected: connected.promise };
}

it('the passcode goes from browser to browser, and the service never sees it', async () => {
  const caller = person(ada);
  const callee = person(grace);
  await caller.centre.ring({ accountId: grace, name: 'Grace' });
  callee.rings(incoming);
  await callee.centre.answer(incoming);
  const answered = sent().find(({ path }) => path === `/calls/${callId}/answer`);
  caller.hear({ type: 'answered', callId, by: grace, answer: answered?.body });
  const [meetingId, passcode] = await caller.connected;
  const given = sent().find(({ path }) => path === `/calls/${callId}/secret`);
  expect(given?.body['meetingId']).toBe(meetingId);
  callee.hear({ type: 'secret', callId, meetingId, sealed: given?.body['sealed'] });
  expect(await callee.connected).toEqual([meetingId, passcode]);
  expect(passcode.length).toBeGreaterThan(11);
  expect(JSON.stringify(answer.mock.calls)).not.toContain(passcode);
});

it('a strange device that answers gets nothing before the caller says so', async () => {
  const caller = person(ada, async () => true);
  const callee = person(grace);
  await caller.centre.ring({ accountId: grace, name: 'Grace' });
  callee.rings(incoming);
  await callee.centre.answer(incoming);
  const answered = sent().find(({ path }) => path === `/calls/${callId}/answer`);
  const given = () => sent().some(({ path }) => path === `/calls/${callId}/secret`);
  const state = () => caller.centre.state.get().outgoing?.state;
  caller.hear({ type: 'answered', callId, by: grace, answer: answered?.body });
  await vi.waitFor(() => expect(state()).toBe('strange'));
  expect(given()).toBe(false);
  caller.centre.trust();
  expect((await caller.connected).length).toBe(2);
  expect(given()).toBe(true);
});

it('a call to a strange device that is given up, or took too long, is over and nothing was said there', async () => {
  const caller = person(ada, async () => true);
  const callee = person(grace);
  for (const end of [
    () => caller.centre.hangUp(),
    () => caller.hear({ type: 'ended', callId, how: 'failed' }),
  ]) {
    await caller.centre.ring({ accountId: grace, name: 'Grace' });
    callee.rings(incoming);
    await callee.centre.answer(incoming);
    const answered = sent().find(({ path }) => path === `/calls/${callId}/answer`);
    caller.hear({ type: 'answered', callId, by: grace, answer: answered?.body });
    await vi.waitFor(() => expect(caller.centre.state.get().outgoing?.state).toBe('strange'));
    end();
    caller.centre.trust();
    expect(caller.centre.state.get().outgoing?.state ?? 'failed').toBe('failed');
    expect(sent().some(({ path }) => path.endsWith('/secret'))).toBe(false);
    caller.centre.hangUp();
  }
});

it('an answer that was not signed for this call gets nothing, and the call is given up', async () => {
  const caller = person(ada);
  const callee = person(grace);
  await caller.centre.ring({ accountId: grace, name: 'Grace' });
  await callee.centre.answer(incoming);
  const answered = sent().find(({ path }) => path === `/calls/${callId}/answer`);
  // As if it were somebody else's.
  caller.hear({ type: 'answered', callId, by: ada, answer: answered?.body });
  // A passcode is stretched first.
  const state = () => caller.centre.state.get().outgoing?.state;
  await vi.waitFor(() => expect(state()).toBe('failed'), { timeout: 15_000 });
  expect(sent().some(({ path }) => path.endsWith('/secret'))).toBe(false);
  expect(sent().at(-1)).toMatchObject({ method: 'DELETE', path: `/calls/${callId}` });
});

it('a page that has not made the call, or not answered it, leaves it to the one that has', async () => {
  const other = person(grace);
  other.rings(incoming);
  other.hear({ type: 'answered', callId, by: grace, answer: {} });
  other.hear({ type: 'secret', callId, meetingId: 'm', sealed: {} });
  other.hear({ type: 'over', callId, how: 'answered', here: true });
  expect(other.centre.state.get()).toMatchObject({ incoming: [], answering: null, outgoing: null });
  expect([answer.mock.calls, other.over]).toEqual([[], []]);
});

it('a call that is given up before it has a name is given up all the same', async () => {
  const caller = person(ada);
  const ringing = caller.centre.ring({ accountId: grace, name: 'Grace' });
  caller.centre.hangUp();
  await ringing;
  expect(sent().at(-1)).toMatchObject({ method: 'DELETE', path: `/calls/${callId}` });
  expect(caller.centre.state.get().outgoing).toBeNull();
});

it.each([
  ['missed', 'unanswered'],
  ['cancelled', 'unanswered'],
  ['declined', 'declined'],
  ['failed', 'failed'],
])('what ended as %s is shown as %s', async (how, state) => {
  const caller = person(ada);
  await caller.centre.ring({ accountId: grace, name: 'Grace' });
  caller.hear({ type: 'ended', callId: grace, how });
  expect(caller.centre.state.get().outgoing?.state).toBe('ringing');
  caller.hear({ type: 'ended', callId, how });
  expect(caller.centre.state.get().outgoing?.state).toBe(state);
});

it('says what became of a ring that others have taken, and nothing of what was declined here', async () => {
  const callee = person(grace);
  callee.rings(incoming);
  callee.hear({ type: 'over', callId, how: 'answered', here: false });
  callee.rings(incoming);
  callee.hear({ type: 'over', callId, how: 'cancelled', here: false });
  callee.rings(incoming);
  await callee.centre.decline(incoming);
  callee.hear({ type: 'over', callId, how: 'declined', here: false });
  expect(callee.over).toEqual(['answered', 'missed']);
});
