import { randomBytes, randomUUID } from 'node:crypto';
import { type BusinessEvent, LIMITS, type MissedCall } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiClient } from '../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../dev-env/bootServer.ts';
import { ChannelClient } from '../integration/calls/ChannelClient.ts';
import {
  anAnswer,
  aSecret,
  type CallPerson,
  callPerson,
  contactWithLink,
  elsewhere,
  ring,
  ringing,
} from '../integration/calls/callPeople.ts';

// Whoever may not ring, answer or listen tries it by raw requests: nothing happens, nothing is learned, and it is in the log.
let server: BootedServer;
let clock = Date.now();
let ada: CallPerson;
let grace: CallPerson;
let mallory: CallPerson;
const events: BusinessEvent[] = [];

beforeAll(async () => {
  server = await bootServer({
    settings: { log: { level: 'info' } },
    clock: () => clock,
    logInto: {
      write: (line) => {
        const event = JSON.parse(line) as BusinessEvent;
        if ('event' in event) events.push(event);
      },
    },
  });
});
beforeEach(async () => {
  [ada, grace, mallory] = [await callPerson(server), await callPerson(server), await callPerson(server)];
  events.length = 0;
});
afterAll(() => server[Symbol.asyncDispose]());

const stranger = () => new ApiClient(server.origin);
const missedBy = async (api: ApiClient): Promise<MissedCall[]> =>
  ((await api.call('listMissedCalls')).body as { missed: MissedCall[] }).missed;
const pass = (ms: number) => {
  clock += ms;
  server.context.callsPorts.desk.sweep();
};

describe('nobody who is not identified', () => {
  test('rings, by account or by a link that never was', async () => {
    expect((await stranger().call('ring', { body: { accountId: grace.accountId } })).code).toBe(
      'auth.required',
    );
    const secret = randomBytes(32).toString('base64url');
    for (const route of ['ringByLink', 'openContactLink'] as const)
      expect((await stranger().call(route, { body: { secret } })).code).toBe('call.link_invalid');
    expect(grace.channel.heard).toEqual([]);
    expect(await missedBy(grace.api)).toEqual([]);
    expect(events.filter(({ event }) => event === 'call.refused')).toHaveLength(2);
  });

  test('listens: not without a session, not from another site, not after signing out', async () => {
    const { origin } = server;
    await expect(ChannelClient.open(origin, { cookie: null })).rejects.toThrow('401');
    await expect(
      ChannelClient.open(origin, { cookie: grace.api.cookie, origin: 'https://evil.example' }),
    ).rejects.toThrow('403');
    await expect(ChannelClient.open(origin, { cookie: grace.api.cookie, origin: null })).rejects.toThrow(
      '403',
    );
    const { cookie } = grace.api;
    await grace.api.call('signOut');
    expect(await grace.channel.closed).toBe(1008);
    await expect(ChannelClient.open(origin, { cookie })).rejects.toThrow('401');
  });

  test('says anything on a channel', async () => {
    grace.channel.send(JSON.stringify({ type: 'answered' }));
    expect(await grace.channel.closed).toBe(1008);
  });
});

describe('a caller', () => {
  test('is who the session says, whatever the request claims', async () => {
    const body = { accountId: grace.accountId, caller: ada.accountId, name: 'Ada' };
    expect((await mallory.api.call('ring', { body })).code).toBe('request.invalid');
    await ring(mallory, grace.accountId);
    const { incoming } = await grace.channel.next('state', (state) => state.incoming.length === 1);
    expect(incoming[0]?.caller).toMatchObject({ kind: 'member', accountId: mallory.accountId });
  });

  test('learns by nothing whether there is such a person, or whether they are blocked, away or not to be disturbed', async () => {
    const away = await callPerson(server);
    await away.channel[Symbol.asyncDispose]();
    const quiet = await callPerson(server);
    const settings = { quiet: { until: null }, listed: true, mailMissed: false };
    await quiet.api.call('changeCallSettings', { body: settings });
    const blocking = await callPerson(server);
    await blocking.api.call('blockCaller', { body: { accountId: ada.accountId } });
    const told: unknown[] = [];
    for (const accountId of [
      grace.accountId,
      away.accountId,
      quiet.accountId,
      blocking.accountId,
      randomUUID(),
    ]) {
      const answer = await ring(ada, accountId);
      const { callId, endsAt, ...rest } = answer.body as { callId: string; endsAt: string };
      expect(Date.parse(endsAt) - clock).toBe(LIMITS.ringMs);
      pass(LIMITS.ringMs);
      const { callId: ended, ...end } = await ada.channel.next('ended');
      expect(ended).toBe(callId);
      told.push({ status: answer.status, rest, end, heard: ada.channel.heard.map(({ type }) => type) });
    }
    for (const one of told) expect(one).toEqual(told[0]);
    // Who is away or quiet finds it; who blocks does not.
    expect(await missedBy(away.api)).toHaveLength(1);
    expect(await missedBy(quiet.api)).toHaveLength(1);
    expect(await missedBy(blocking.api)).toEqual([]);
    expect(blocking.channel.heard.some((message) => message.type === 'over')).toBe(false);
  });

  test('who is blocked while it rings is heard no more, and notices nothing', async () => {
    const callId = await ringing(ada, grace);
    await grace.channel.next('state', ({ incoming }) => incoming.length === 1);
    await grace.api.call('blockCaller', { body: { accountId: ada.accountId } });
    await grace.channel.next('state', ({ incoming }) => incoming.length === 0);
    expect(ada.channel.heard).toEqual([]);
    const params = { id: callId };
    expect((await grace.api.call('answerCall', { params, body: anAnswer() })).code).toBe('call.not_found');
  });

  test('who rings one person without end is refused for a while', async () => {
    const codes: (string | null)[] = [];
    for (let time = 0; time < 12; time++) {
      const answer = await ring(mallory, grace.accountId);
      codes.push(answer.code);
      const { callId } = answer.body as { callId?: string };
      if (callId !== undefined) await mallory.api.call('cancelCall', { params: { id: callId } });
    }
    expect(codes.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => null));
    expect(new Set(codes.slice(8))).toEqual(new Set(['auth.too_many_attempts']));
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'call.refused', accountId: mallory.accountId }),
    );
    // Others still can.
    expect((await ring(ada, grace.accountId)).status).toBe(200);
  });

  test('in a crowd fills nobody’s screen', async () => {
    const crowd = await Promise.all(Array.from({ length: 6 }, () => callPerson(server)));
    for (const one of crowd) expect((await ring(one, grace.accountId)).status).toBe(200);
    expect(server.context.callsPorts.desk.heardBy(grace.accountId as never)).toHaveLength(LIMITS.ringsAtOnce);
    pass(LIMITS.ringMs);
    expect(await missedBy(grace.api)).toHaveLength(6);
  });
});

describe('the calls of others', () => {
  test('are answered, declined, given up or fed by nobody else', async () => {
    const id = await ringing(ada, grace);
    const params = { id };
    const tries = () => [
      mallory.api.call('answerCall', { params, body: anAnswer() }),
      mallory.api.call('declineCall', { params }),
      mallory.api.call('cancelCall', { params }),
      mallory.api.call('giveCallSecret', { params, body: aSecret() }),
      // The caller does not answer for the callee, nor the callee for the caller.
      ada.api.call('answerCall', { params, body: anAnswer() }),
      ada.api.call('declineCall', { params }),
      grace.api.call('cancelCall', { params }),
      grace.api.call('giveCallSecret', { params, body: aSecret() }),
      stranger().call('cancelOutsideCall', {
        params,
        body: { token: randomBytes(32).toString('base64url') },
      }),
    ];
    for (const { code } of await Promise.all(tries())) expect(code).toBe('call.not_found');
    expect((await ada.api.call('giveCallSecret', { params, body: aSecret() })).code).toBe('call.over');
    await grace.api.call('answerCall', { params, body: anAnswer() });
    expect((await mallory.api.call('giveCallSecret', { params, body: aSecret() })).code).toBe(
      'call.not_found',
    );
    expect(mallory.channel.heard).toEqual([]);
    expect(events.filter(({ event }) => event === 'call.refused').length).toBe(11);
  });

  test('two browsers that answer in the same moment: one has it', async () => {
    const phone = await elsewhere(server, grace);
    const params = { id: await ringing(ada, grace) };
    const answers = [grace, phone].map(({ api }) => api.call('answerCall', { params, body: anAnswer() }));
    const codes = (await Promise.all(answers)).map(({ code }) => code).sort();
    expect(codes).toEqual(['call.over', null].sort());
    await ada.channel.next('answered');
    expect(ada.channel.heard.filter(({ type }) => type === 'answered')).toEqual([]);
  });

  test('a meeting that there is already is not taken over by a call', async () => {
    const params = { id: await ringing(ada, grace) };
    await grace.api.call('answerCall', { params, body: anAnswer() });
    const secret = aSecret();
    await ada.api.call('giveCallSecret', { params, body: secret });
    const next = { id: await ringing(mallory, grace) };
    await grace.api.call('answerCall', { params: next, body: anAnswer() });
    const taken = await mallory.api.call('giveCallSecret', { params: next, body: secret });
    expect(taken.code).toBe('request.invalid');
    const joinable = await server.context.meetings.findForJoin(secret.meetingId as never);
    expect(joinable?.ownerId).toBe(ada.accountId);
  });

  test('what is no answer and no sealed secret is refused before anybody is told', async () => {
    const params = { id: await ringing(ada, grace) };
    for (const body of [
      {},
      { ...anAnswer(), key: 'short' },
      { ...anAnswer(), more: 1 },
      { ...anAnswer(), signature: 'A'.repeat(85) },
    ])
      expect((await grace.api.call('answerCall', { params, body })).code).toBe('request.invalid');
    await grace.api.call('answerCall', { params, body: anAnswer() });
    const large = { ...aSecret(), sealed: { ...aSecret().sealed, ciphertext: 'A'.repeat(3_000) } };
    expect((await ada.api.call('giveCallSecret', { params, body: large })).code).toBe('request.invalid');
    expect(grace.channel.heard.filter(({ type }) => type === 'secret')).toEqual([]);
  });
});

describe('a link of a contact', () => {
  test('that is gone says the same as one that never was', async () => {
    const revoked = await contactWithLink(grace);
    await grace.api.call('revokeContactLink', { params: { id: revoked.id } });
    const deleted = await contactWithLink(grace);
    await grace.api.call('deleteContact', { params: { id: deleted.id } });
    const gone = await contactWithLink(mallory);
    await server.context.accountsPorts.db
      .updateTable('accounts')
      .set({ status: 'suspended' })
      .where('id', '=', mallory.accountId as never)
      .execute();
    const never = randomBytes(32).toString('base64url');
    const answers = [];
    for (const secret of [revoked.secret, deleted.secret, gone.secret, never])
      for (const route of ['openContactLink', 'ringByLink'] as const) {
        const { status, body } = await stranger().call(route, { body: { secret } });
        answers.push(JSON.stringify({ status, body }));
      }
    expect(new Set(answers).size).toBe(1);
  });

  test('is not guessed: whoever tries is refused after some', async () => {
    const codes = new Set<string | null>();
    for (let time = 0; time < 70; time++) {
      const secret = randomBytes(32).toString('base64url');
      codes.add((await stranger().call('ringByLink', { body: { secret } })).code);
    }
    expect(codes).toEqual(new Set(['call.link_invalid', 'auth.too_many_attempts']));
  });
});
