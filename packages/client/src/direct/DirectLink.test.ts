import { type DirectPath, NO_SOURCES, ParticipantId, type ServerMessageOf } from '@conclave/protocol';
import { afterEach, expect, test, vi } from 'vitest';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import { emptyRoster, type Roster } from '../meeting/roster.ts';
import { State } from '../observable.ts';
import type { ClientRequest, Signal } from '../signalling/Signal.ts';
import { DirectLink } from './DirectLink.ts';

const [me, peerId] = ['me', 'peer'].map((name) => ParticipantId.parse(name.padEnd(16, '0'))) as [
  ParticipantId,
  ParticipantId,
];
const offered = (offerId: number): DirectPath => ({
  state: 'offered',
  offerId,
  peerId,
  role: 'answerer',
  agreed: null,
});
const ended: DirectPath = { state: 'server', agreed: null, asks: false, ended: 'third-person' };

/** Never connects. */
class SilentConnection {
  static made = 0;
  static closed = 0;
  readonly connectionState = 'new';
  readonly remoteDescription = null;
  constructor() {
    SilentConnection.made++;
  }
  close(): void {
    SilentConnection.closed++;
  }
}

function make() {
  SilentConnection.made = 0;
  SilentConnection.closed = 0;
  vi.stubGlobal('RTCPeerConnection', SilentConnection);
  const sent: ClientRequest[] = [];
  const signal = {
    request: async (message: ClientRequest) => {
      sent.push(message);
      return { type: 'ok', request: 1 };
    },
  } as unknown as Signal;
  const roster: Roster = { ...emptyRoster, self: me };
  const cipher: ConnectionCipher = {
    protectSender: () => {},
    protectReceiver: () => 1,
    learn: () => {},
    [Symbol.dispose]: () => {},
  };
  const link = new DirectLink({
    roster: () => roster,
    transport: () => null,
    openCipher: () => cipher,
    ownLevel: new State(0),
  });
  link.setSignal(signal);
  return { link, sent, reports: () => sent.filter(({ type }) => type === 'direct-report') };
}

afterEach(() => vi.unstubAllGlobals());

test('nothing is made before the server offers a path, and one connection for each offer', async () => {
  const { link } = make();
  link.follow(ended);
  expect(SilentConnection.made).toBe(0);
  link.follow(offered(1));
  await vi.waitFor(() => expect(link.call).not.toBeNull());
  link.follow(offered(1));
  link.follow({ ...offered(1), agreed: true } as DirectPath);
  expect(SilentConnection.made).toBe(1);
  link.follow(offered(2));
  await vi.waitFor(() => expect(SilentConnection.made).toBe(2));
  expect(SilentConnection.closed).toBe(1);
  link[Symbol.dispose]();
  expect(SilentConnection.closed).toBe(2);
});

test('an offer that is withdrawn before its code has come makes nothing', async () => {
  const { link } = make();
  link.follow(offered(1));
  link.follow(ended);
  await vi.dynamicImportSettled();
  expect(SilentConnection.made).toBe(0);
});

test('what a page does not have after a reload it reports as failed', () => {
  const { link, reports } = make();
  link.follow({ ...offered(4), state: 'established' } as DirectPath);
  expect(reports()).toEqual([{ type: 'direct-report', offerId: 4, report: 'failed' }]);
});

test('the other person leaving ends it there and then', async () => {
  const { link } = make();
  link.follow(offered(1));
  await vi.waitFor(() => expect(link.call).not.toBeNull());
  link.follow({ ...ended, ended: 'left' } as DirectPath);
  expect(link.call).toBeNull();
  expect(SilentConnection.closed).toBe(1);
});

test('one’s word is said again in a new place, and not where it is known', () => {
  const { link, sent } = make();
  const joined = (agreed: boolean | null) =>
    ({ direct: { ...ended, agreed }, allowed: NO_SOURCES }) as unknown as ServerMessageOf<'joined'>;
  link.enter(joined(null));
  expect(sent).toEqual([]);
  link.agree(true);
  link.enter(joined(true));
  expect(sent).toHaveLength(1);
  link.enter(joined(null));
  expect(sent).toEqual([
    { type: 'direct-consent', agreed: true },
    { type: 'direct-consent', agreed: true },
  ]);
});
