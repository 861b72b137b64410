import { createHmac } from 'node:crypto';
import { PROTOCOL_VERSION, type ServerMessageOf } from '@conclave/protocol';
import type { RawSettings } from '@conclave/server';
import { expect, test } from 'vitest';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { bootMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

const urls = ['turns:turn.example.org:443?transport=tcp'];
const secret = 'known to the relay as well';

async function enter(meeting: RunningMeeting) {
  const client = await SignalClient.open(meeting.origin);
  const { id: meetingId, proof } = meeting;
  const joined = await client.ask({
    type: 'join',
    version: PROTOCOL_VERSION,
    meetingId,
    proof,
    name: 'Gwen',
    ...groupEntry(),
  });
  return { client, joined: joined as ServerMessageOf<'joined'> };
}

async function relaysWith(turn: RawSettings['turn']) {
  await using meeting = await bootMeeting({ ...(turn === undefined ? {} : { turn }) });
  const { client, joined } = await enter(meeting);
  using _ = client;
  const answer = await client.ask({ type: 'relays' });
  return { self: joined.self, relays: (answer as ServerMessageOf<'relays'>).relays };
}

test('whoever is in gets access to the relays, their own and for a short time', async () => {
  const before = Date.now() / 1_000;
  const { self, relays } = await relaysWith({ urls, secret, lifetimeSeconds: 90 });
  const [relay] = relays;
  expect(relays.length).toBe(1);
  expect(relay?.urls).toEqual(urls);
  const [expiry, id] = relay?.username.split(':') ?? [];
  expect(id).toBe(self);
  expect(Number(expiry)).toBeGreaterThanOrEqual(Math.floor(before + 90));
  expect(Number(expiry)).toBeLessThanOrEqual(Math.ceil(Date.now() / 1_000 + 90));
  expect(relay?.credential).toBe(
    createHmac('sha1', secret)
      .update(relay?.username ?? '')
      .digest('base64'),
  );
});

test('a rented service with a name and a password is passed on', async () => {
  const { relays } = await relaysWith({ urls, username: 'conclave', password: 'rented' });
  expect(relays).toEqual([{ urls, username: 'conclave', credential: 'rented' }]);
});

test('without relays there are none', async () => {
  expect((await relaysWith(undefined)).relays).toEqual([]);
});

test('nobody gets them before they have proved the passcode', async () => {
  await using meeting = await bootMeeting({ turn: { urls, secret } });
  using stranger = await SignalClient.open(meeting.origin);
  expect(await stranger.ask({ type: 'relays' })).toMatchObject({ code: 'protocol.order' });
  const { client, joined } = await enter(meeting);
  using _ = client;
  expect(JSON.stringify(joined)).not.toContain('turn');
});
