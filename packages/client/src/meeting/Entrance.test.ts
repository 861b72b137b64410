import type { OwnIdentity } from '@conclave/e2ee';
import { ConclaveError } from '@conclave/protocol';
import { expect, test, vi } from 'vitest';
import { Listeners } from '../listeners.ts';
import { type ClientRequest, type ServerNotice, type Signal, SignalClosed } from '../signalling/Signal.ts';
import { Entrance } from './Entrance.ts';
import type { KeptPlace, ResumeTokens } from './resumeTokens.ts';

const meetingId = 'abcde-fghjk-mnpqr-stuvw';
const token = `${'A'.repeat(42)}A`;

class Tab implements ResumeTokens {
  place: KeptPlace | null = null;
  get(): KeptPlace | null {
    return this.place;
  }
  set(_: string, place: KeptPlace | null): void {
    this.place = place;
  }
}

function entrance(tab: Tab, proof: string, said: OwnIdentity[] = []) {
  const introductionOf = (self: OwnIdentity) => {
    said.push(self);
    return self.unnamed ? `who ${self.participantId} is` : null;
  };
  return new Entrance(
    { name: 'Ada', accountId: null },
    {
      meetingId,
      invitation: null,
      ticket: null,
      tokens: tab,
      keys: {
        proof: Promise.resolve(proof),
        introduce: async (self) => ({ keyPackage: 'AAAA', introduction: introductionOf(self) }),
        claim: async (self) => ({
          ...{ kind: 'new', keyPackage: 'BBBB' },
          introduction: introductionOf(self),
        }),
      },
    },
  );
}

function signal(sent: ClientRequest[], refuse: string[] = []): Signal {
  return {
    request: async (message: ClientRequest) => {
      sent.push(message);
      if (refuse.includes(message.type)) throw new ConclaveError('resume.unknown');
      const self = message.type === 'join' ? message.participantId : 'kept0123456789ab';
      return { type: 'joined', self, resumeToken: token };
    },
  } as unknown as Signal;
}

test('whoever comes back under the same passcode takes the place back, with what there is of the group', async () => {
  const tab = new Tab();
  const sent: ClientRequest[] = [];
  await entrance(tab, 'right').enter(signal(sent), () => {});
  await entrance(tab, 'right').enter(signal(sent), () => {});
  expect(sent.map(({ type }) => type)).toEqual(['join', 'resume']);
  expect(sent[1]).toMatchObject({ token, group: { kind: 'new', keyPackage: 'BBBB' } });
});

test('under another passcode there are other keys: the place is left alone, and the server decides', async () => {
  const tab = new Tab();
  const sent: ClientRequest[] = [];
  await entrance(tab, 'right').enter(signal(sent), () => {});
  await entrance(tab, 'wrong').enter(signal(sent), () => {});
  expect(sent.map(({ type }) => type)).toEqual(['join', 'join']);
  expect(sent[1]).toMatchObject({ proof: 'wrong' });
});

test('a place that was given up is joined anew, under another id', async () => {
  const tab = new Tab();
  const sent: ClientRequest[] = [];
  await entrance(tab, 'right').enter(signal(sent), () => {});
  await entrance(tab, 'right').enter(signal(sent, ['resume']), () => {});
  expect(sent.map(({ type }) => type)).toEqual(['join', 'resume', 'join']);
  const ids = sent.flatMap((message) => (message.type === 'join' ? message.participantId : []));
  expect(new Set(ids).size).toBe(2);
});

/** Of a webinar: nobody comes into its audience by name. */
function webinar(sent: ClientRequest[], over: string[] = []): Signal {
  return {
    request: async (message: ClientRequest) => {
      sent.push(message);
      if (over.includes(message.type)) throw new ConclaveError('resume.unknown');
      const claim = message.type === 'resume' ? message.group : message;
      if (!('introduction' in claim) || claim.introduction === null)
        throw new ConclaveError('webinar.unnamed');
      const self = message.type === 'join' ? message.participantId : 'kept0123456789ab';
      return { type: 'joined', self, resumeToken: token };
    },
  } as unknown as Signal;
}

test('into a webinar’s audience one comes unnamed, at once and under the same id, and stays so in each leaf to come', async () => {
  const tab = new Tab();
  const sent: ClientRequest[] = [];
  const said: OwnIdentity[] = [];
  const way = entrance(tab, 'right', said);
  const { joined, anew } = await way.enter(webinar(sent), () => {});
  expect(anew).toBe(true);
  expect(said.map(({ unnamed }) => unnamed)).toEqual([false, true]);
  expect(new Set(said.map(({ participantId }) => participantId))).toEqual(new Set([joined.self]));
  expect(sent[1]).toMatchObject({ type: 'join', introduction: `who ${joined.self} is` });
  await way.enter(webinar(sent), () => {});
  expect(said.map(({ unnamed }) => unnamed)).toEqual([false, true, true]);
  // A page that was loaded anew learns it by its resume, and keeps the place.
  const reloaded: OwnIdentity[] = [];
  await entrance(tab, 'right', reloaded).enter(webinar(sent), () => {});
  expect(reloaded.map(({ unnamed }) => unnamed)).toEqual([false, true]);
  expect(sent.map(({ type }) => type)).toEqual(['join', 'join', 'resume', 'resume', 'resume']);
});

test('another stay may be another one’s: it begins by name, and a refusal of the unnamed one is told', async () => {
  const tab = new Tab();
  const said: OwnIdentity[] = [];
  const way = entrance(tab, 'right', said);
  await way.enter(webinar([]), () => {});
  await way.enter(webinar([], ['resume']), () => {});
  expect(said.map(({ unnamed }) => unnamed)).toEqual([false, true, true, false, true]);
  const stubborn = { request: async () => Promise.reject(new ConclaveError('webinar.unnamed')) };
  const refused = entrance(new Tab(), 'right').enter(stubborn as unknown as Signal, () => {});
  await expect(refused).rejects.toMatchObject({ code: 'webinar.unnamed' });
});

/** A server that lets nobody straight in. */
function door() {
  const notices = new Listeners<ServerNotice>();
  const closed = new Listeners<SignalClosed>();
  const request = async () => ({ type: 'waiting', request: 1, hostPresent: false, waitsFor: 'host' });
  return { notices, closed, signal: { notices, closed, request } as unknown as Signal };
}

test('whoever has to wait is told how it stands, and comes in when let in', async () => {
  const tab = new Tab();
  const { notices, signal: atDoor } = door();
  const standing: boolean[] = [];
  const entering = entrance(tab, 'right').enter(atDoor, (hostPresent) => standing.push(hostPresent));
  await vi.waitFor(() => expect(standing).toEqual([false]));
  notices.emit({ type: 'lobby', hostPresent: true, waitsFor: 'host' });
  expect(standing).toEqual([false, true]);
  expect(tab.place).toBeNull();
  const joined = { type: 'joined', request: null, self: 'gus0123456789abc', resumeToken: token };
  notices.emit(joined as unknown as ServerNotice);
  expect(await entering).toMatchObject({ joined, anew: true });
  expect(tab.place).toMatchObject({ token });
});

test('whoever loses the socket at the door has no place to come back to', async () => {
  const tab = new Tab();
  const { closed, signal: atDoor } = door();
  const waits = vi.fn();
  const entering = entrance(tab, 'right').enter(atDoor, waits);
  const refused = expect(entering).rejects.toBeInstanceOf(SignalClosed);
  await vi.waitFor(() => expect(waits).toHaveBeenCalled());
  closed.emit(new SignalClosed(1006));
  await refused;
  expect(tab.place).toBeNull();
});
