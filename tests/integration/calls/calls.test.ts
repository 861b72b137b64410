import { type BusinessEvent, LIMITS, type MissedCall, type OutsideCallState } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { type PostgresServer, startPostgres } from '../../dev-env/postgres.ts';
import { changePolicy } from '../policy/changePolicy.ts';
import { anAnswer, aSecret, callPerson, contactWithLink, elsewhere, ring, ringing } from './callPeople.ts';

let postgres: PostgresServer;
let server: BootedServer;
let clock = Date.now();
const lines: string[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  server = await bootServer({
    settings: { database: { url: await postgres.makeDatabase() }, log: { level: 'info' } },
    clock: () => clock,
    logInto: { write: (line) => void lines.push(line) },
  });
}, 120_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
});

const events = () => lines.map((line) => JSON.parse(line) as BusinessEvent);
const pass = (ms: number) => {
  clock += ms;
  server.context.callsPorts.desk.sweep();
};
const missedBy = async (api: ApiClient): Promise<MissedCall[]> =>
  ((await api.call('listMissedCalls')).body as { missed: MissedCall[] }).missed;
const settings = { quiet: null, listed: true, mailMissed: false };

describe('a ring', () => {
  test('is heard at every page at once, and whoever answers first has it', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const phone = await elsewhere(server, grace);
    const callId = await ringing(ada, grace);
    for (const { channel } of [grace, phone]) {
      const { incoming } = await channel.next('state', (state) => state.incoming.length === 1);
      expect(incoming).toMatchObject([{ callId, caller: { kind: 'member', accountId: ada.accountId } }]);
    }
    const params = { id: callId };
    const answer = anAnswer();
    expect((await phone.api.call('answerCall', { params, body: answer })).status).toBe(204);
    expect((await grace.api.call('answerCall', { params, body: anAnswer() })).code).toBe('call.over');
    expect((await phone.api.call('answerCall', { params, body: anAnswer() })).code).toBe('call.over');
    expect((await grace.api.call('declineCall', { params })).code).toBe('call.over');
    expect(await grace.channel.next('over')).toMatchObject({ callId, how: 'answered', here: false });
    expect(await phone.channel.next('over')).toMatchObject({ callId, how: 'answered', here: true });
    expect((await grace.channel.next('state')).incoming).toEqual([]);
    expect(await ada.channel.next('answered')).toMatchObject({ callId, by: grace.accountId, answer });

    const secret = aSecret();
    expect((await ada.api.call('giveCallSecret', { params, body: secret })).status).toBe(204);
    expect(await phone.channel.next('secret')).toMatchObject({
      callId,
      meetingId: secret.meetingId,
      sealed: secret.sealed,
    });
    expect(await ada.channel.next('ended')).toMatchObject({ callId, how: 'connected' });
    // The other browser of the callee gets nothing of it.
    expect(grace.channel.heard.filter(({ type }) => type === 'secret')).toEqual([]);

    const joinable = await server.context.meetings.findForJoin(secret.meetingId as never);
    expect(joinable?.ownerId).toBe(ada.accountId);
    expect([...(joinable?.cohosts ?? [])]).toEqual([[grace.accountId, ['admit']]]);
    for (const { api } of [ada, grace])
      expect((await api.call('listMeetings')).body).toEqual({ meetings: [] });
    expect(await missedBy(grace.api)).toEqual([]);
    expect((await ada.api.call('giveCallSecret', { params, body: aSecret() })).code).toBe('call.over');
  });

  test('that is declined is told to the caller, and not kept', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const params = { id: await ringing(ada, grace) };
    await grace.api.call('declineCall', { params });
    expect(await ada.channel.next('ended')).toMatchObject({ how: 'declined' });
    await grace.channel.next('over', ({ how }) => how === 'declined');
    expect((await grace.api.call('answerCall', { params, body: anAnswer() })).code).toBe('call.over');
    await expect.poll(() => missedBy(grace.api)).toEqual([]);
  });

  test('that the caller gives up is a missed call, with a way to call back', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const callId = await ringing(ada, grace);
    expect(await missedBy(grace.api)).toEqual([]);
    expect((await ada.api.call('cancelCall', { params: { id: callId } })).status).toBe(204);
    await grace.channel.next('over', ({ how }) => how === 'cancelled');
    expect(await grace.channel.next('state', ({ missed }) => missed === 1)).toMatchObject({ incoming: [] });
    expect(await missedBy(grace.api)).toMatchObject([
      { callId, caller: { kind: 'member', accountId: ada.accountId }, email: ada.email, seen: false },
    ]);
    await grace.api.call('markMissedCalls');
    await grace.channel.next('state', ({ missed }) => missed === 0);
    expect(await missedBy(grace.api)).toMatchObject([{ callId, seen: true }]);
    expect((await grace.api.call('deleteMissedCall', { params: { id: callId } })).status).toBe(204);
    expect(await missedBy(grace.api)).toEqual([]);
  });

  test('that nobody takes ends by itself, and is missed', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const callId = await ringing(ada, grace);
    pass(LIMITS.ringMs);
    expect(await ada.channel.next('ended')).toMatchObject({ callId, how: 'missed' });
    await grace.channel.next('over', ({ how }) => how === 'missed');
    expect(await missedBy(grace.api)).toMatchObject([{ callId }]);
  });

  test('that is answered and gets no secret fails for both', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const params = { id: await ringing(ada, grace) };
    await grace.api.call('answerCall', { params, body: anAnswer() });
    pass(LIMITS.callSecretMs);
    expect(await ada.channel.next('ended')).toMatchObject({ how: 'failed' });
    expect(await grace.channel.next('over', ({ how }) => how === 'failed')).toMatchObject({ here: true });
  });

  test('ends when the caller signs out, and when their last page is gone for some seconds', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    await ringing(ada, grace);
    await grace.channel.next('state', ({ incoming }) => incoming.length === 1);
    await ada.api.call('signOut');
    await grace.channel.next('over', ({ how }) => how === 'cancelled');
    expect(await ada.channel.closed).toBe(1008);

    const other = await callPerson(server);
    await ringing(other, grace);
    pass(0);
    await other.channel[Symbol.asyncDispose]();
    await expect
      .poll(() => {
        pass(5_000);
        return grace.channel.heard.some((message) => message.type === 'over' && message.how === 'cancelled');
      })
      .toBe(true);
  });

  test('is one at a time for each caller', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const id = await ringing(ada, grace);
    expect((await ring(ada, grace.accountId)).code).toBe('call.busy');
    await ada.api.call('cancelCall', { params: { id } });
    expect((await ring(ada, grace.accountId)).status).toBe(200);
  });

  test('reaches a page that is opened meanwhile', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const callId = await ringing(ada, grace);
    const phone = await elsewhere(server, grace);
    expect((await phone.api.call('answerCall', { params: { id: callId }, body: anAnswer() })).status).toBe(
      204,
    );
  });
});

describe('who is not to be disturbed', () => {
  test('hears nothing; the caller sees what they see when nobody answers, and the call is missed', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    await grace.api.call('changeCallSettings', { body: { ...settings, quiet: { until: null } } });
    expect(await grace.channel.next('state')).toMatchObject({ quiet: { until: null } });
    const answer = await ring(ada, grace.accountId);
    expect(answer.status).toBe(200);
    const { callId } = answer.body as { callId: string };
    const params = { id: callId };
    expect((await grace.api.call('answerCall', { params, body: anAnswer() })).code).toBe('call.not_found');
    pass(LIMITS.ringMs);
    expect(await ada.channel.next('ended')).toEqual({ type: 'ended', callId, how: 'missed' });
    await grace.channel.next('state', ({ missed }) => missed === 1);
    expect(grace.channel.heard.some((message) => message.type === 'over')).toBe(false);
  });

  test('is called again when the time is over', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const until = new Date(clock + 60_000).toISOString();
    await grace.api.call('changeCallSettings', { body: { ...settings, quiet: { until } } });
    clock += 60_000;
    await ringing(ada, grace);
    await grace.channel.next('state', ({ incoming, quiet }) => incoming.length === 1 && quiet === null);
  });
});

describe('the directory', () => {
  test('finds people by a part of their name or address, but not who keeps out of it, nor oneself', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const find = async (search: string) =>
      ((await ada.api.call('searchDirectory', { query: { search } })).body as { people: unknown[] }).people;
    expect(await find(grace.email.slice(3, 20))).toEqual([
      { accountId: grace.accountId, name: 'Grace Hopper', email: grace.email },
    ]);
    expect(await find(ada.email)).toEqual([]);
    expect(await find('100%_')).toEqual([]);
    await grace.api.call('changeCallSettings', { body: { ...settings, listed: false } });
    expect(await find(grace.email)).toEqual([]);
    expect((await ada.api.call('searchDirectory', { query: { search: 'a' } })).code).toBe('request.invalid');
  });
});

describe('somebody from outside', () => {
  const outside = () => new ApiClient(server.origin);

  test('rings by the link that was made for them, and comes in as invited', async () => {
    const grace = await callPerson(server);
    const ann = await contactWithLink(grace);
    const api = outside();
    const opened = await api.call('openContactLink', { body: { secret: ann.secret } });
    expect(opened.body).toEqual({ callee: 'Grace Hopper', name: 'Ann Lee' });
    const rung = await api.call('ringByLink', { body: { secret: ann.secret } });
    const { callId, token } = rung.body as { callId: string; token: string };
    const { incoming } = await grace.channel.next('state', (state) => state.incoming.length === 1);
    expect(incoming).toMatchObject([{ caller: { kind: 'contact', contactId: ann.id, name: 'Ann Lee' } }]);

    const params = { id: callId };
    const waiting = api.call('awaitOutsideCall', { params, body: { token, after: 'ringing' } });
    const answer = anAnswer();
    await grace.api.call('answerCall', { params, body: answer });
    expect((await waiting).body).toEqual({ state: 'answered', by: grace.accountId, answer });
    const secret = aSecret();
    const entry = await api.call('giveOutsideSecret', { params, body: { ...secret, token } });
    const { invitation } = entry.body as { invitation: string };
    await grace.channel.next('secret', ({ meetingId }) => meetingId === secret.meetingId);
    expect((await server.context.meetings.findForJoin(secret.meetingId as never))?.ownerId).toBe(
      grace.accountId,
    );
    const found = await server.context.meetings.findInvitation(secret.meetingId as never, invitation);
    expect(found).toMatchObject({ name: 'Ann Lee' });
    const over = await api.call('awaitOutsideCall', { params, body: { token, after: 'answered' } });
    expect(over.body).toEqual({ state: 'over', how: 'connected' } satisfies OutsideCallState);
  });

  test('who gives up, or is gone, leaves a missed call', async () => {
    const grace = await callPerson(server);
    const ann = await contactWithLink(grace);
    const rung = await outside().call('ringByLink', { body: { secret: ann.secret } });
    const { callId, token } = rung.body as { callId: string; token: string };
    await outside().call('cancelOutsideCall', { params: { id: callId }, body: { token } });
    await grace.channel.next('state', ({ missed }) => missed === 1);
    expect(await missedBy(grace.api)).toMatchObject([
      { caller: { kind: 'contact', contactId: ann.id }, email: ann.email },
    ]);
  });

  test.each(['revokeContactLink', 'makeContactLink', 'deleteContact'] as const)(
    'cannot ring with the link from before %s, and a ring by it ends at once',
    async (how) => {
      const grace = await callPerson(server);
      const ann = await contactWithLink(grace);
      const rung = await outside().call('ringByLink', { body: { secret: ann.secret } });
      expect(rung.status).toBe(200);
      await grace.channel.next('state', (state) => state.incoming.length === 1);
      await grace.api.call(how, { params: { id: ann.id } });
      await grace.channel.next('over', (message) => message.how === 'cancelled');
      for (const route of ['openContactLink', 'ringByLink'] as const)
        expect((await outside().call(route, { body: { secret: ann.secret } })).code).toBe(
          'call.link_invalid',
        );
    },
  );
});

describe('the policy', () => {
  test('ends calls from outside, or all of them, at once and for good', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const admin = await callPerson(server, 'administrator');
    const ann = await contactWithLink(grace);
    const api = new ApiClient(server.origin);
    await api.call('ringByLink', { body: { secret: ann.secret } });
    await grace.channel.next('state', (state) => state.incoming.length === 1);
    await changePolicy(admin.api, { calls: 'organisation' });
    await grace.channel.next('over', (message) => message.how === 'cancelled');
    expect((await api.call('ringByLink', { body: { secret: ann.secret } })).code).toBe('call.link_invalid');

    const callId = await ringing(ada, grace);
    await changePolicy(admin.api, { calls: 'off' });
    await ada.channel.next('ended', (message) => message.callId === callId);
    await grace.channel.next('state', (state) => state.calls === 'off' && state.incoming.length === 0);
    expect((await ring(ada, grace.accountId)).code).toBe('call.off');
    expect((await ada.api.call('searchDirectory', { query: { search: 'grace' } })).code).toBe('call.off');

    await changePolicy(admin.api, { calls: 'contacts', directory: 'organisers' });
    const member = await callPerson(server, 'member');
    const query = { search: 'grace' };
    expect((await member.api.call('searchDirectory', { query })).code).toBe('auth.forbidden');
    expect((await ada.api.call('searchDirectory', { query })).status).toBe(200);
    await changePolicy(admin.api, { directory: 'everybody' });
    expect((await member.api.call('searchDirectory', { query })).status).toBe(200);
  });

  test('says how long missed calls are kept; the meetings of calls go soon', async () => {
    const [ada, grace] = [await callPerson(server), await callPerson(server)];
    const missed = await ringing(ada, grace);
    await ada.api.call('cancelCall', { params: { id: missed } });
    const params = { id: await ringing(ada, grace) };
    await grace.api.call('answerCall', { params, body: anAnswer() });
    const secret = aSecret();
    await ada.api.call('giveCallSecret', { params, body: secret });
    await server.context.retention.run();
    expect(await missedBy(grace.api)).toHaveLength(1);
    const before = clock;
    clock += 31 * 24 * 60 * 60_000;
    await server.context.retention.run();
    clock = before;
    expect(await missedBy(grace.api)).toEqual([]);
    expect(await server.context.meetings.findForJoin(secret.meetingId as never)).toBeNull();
  });
});

test('the log says that somebody rang, and nowhere whom', async () => {
  const [ada, grace] = [await callPerson(server), await callPerson(server)];
  const from = lines.length;
  const callId = await ringing(ada, grace);
  await grace.api.call('declineCall', { params: { id: callId } });
  await grace.channel.next('over');
  const told = events().slice(from);
  expect(told).toContainEqual(expect.objectContaining({ event: 'call.rung', callId, caller: ada.accountId }));
  expect(told).toContainEqual(expect.objectContaining({ event: 'call.over', callId, how: 'declined' }));
  expect(lines.slice(from).join('\n')).not.toContain(grace.accountId);
});
