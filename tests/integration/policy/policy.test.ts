import {
  type About,
  FIRST_POLICY,
  type Meeting,
  type PolicyChanges,
  type PolicyView,
  type Posture,
  PRESETS,
} from '@conclave/protocol';
import { expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { bootServer } from '../../dev-env/bootServer.ts';
import { setUpTotp } from '../../dev-env/factors.ts';
import { makeMeeting } from '../../dev-env/meetings.ts';
import { OWNER, ownerTokenOf, setUpOwner } from '../../dev-env/people.ts';
import { changePolicy } from './changePolicy.ts';

const day = 24 * 60 * 60 * 1000;

test('the owner changes the policy; a version that is not the newest is refused, and a restart keeps it', async () => {
  let dataFolder: string;
  {
    await using server = await bootServer({ parts: [], openDoors: false, keepData: true });
    dataFolder = server.dataFolder;
    const { client } = await setUpOwner(server);
    expect((await client.call('readPolicy')).body).toEqual({
      version: 0,
      policy: FIRST_POLICY,
      pinned: [],
      changedAt: null,
    });
    const changed = await changePolicy(client, { keepMailsDays: 3, chat: { mode: 'off' } });
    expect(changed).toMatchObject({ version: 1, policy: { keepMailsDays: 3, chat: { mode: 'off' } } });
    const late = await client.call('changePolicy', { body: { version: 0, changes: { keepMailsDays: 9 } } });
    expect([late.status, late.code]).toEqual([409, 'policy.stale']);
  }
  await using again = await bootServer({ parts: [], openDoors: false, dataFolder, keepData: false });
  expect(again.context.policy.current()).toMatchObject({ keepMailsDays: 3, chat: { mode: 'off' } });
});

test('what cannot be is refused: unknown settings, wrong values, conflicts, roles that are not there', async () => {
  await using server = await bootServer({ parts: [], openDoors: false });
  const { client } = await setUpOwner(server);
  const refusal = async (changes: object) =>
    (await client.call('changePolicy', { body: { version: 0, changes } })).body as {
      error: { code: string; field: string };
    };
  const wrong = [{ surprise: 1 }, { participants: { mode: 'off' } }, { factors: [] }, { sessionIdleDays: 0 }];
  for (const changes of wrong) expect((await refusal(changes)).error.code).toBe('request.invalid');
  expect((await refusal({ passwordLength: 8 })).error).toMatchObject({
    code: 'policy.conflict',
    field: 'passwordLength',
  });
  // Nobody has set up a way to send text messages: whoever must have a factor could not get one, nor take the rule back.
  for (const secondFactor of ['everybody', 'privileged']) {
    expect((await refusal({ secondFactor, factors: ['sms'] })).error).toMatchObject({
      code: 'policy.no_usable_factor',
      field: 'factors',
    });
  }
  const newAccountRole = '7a1de5c6-5a42-4f0e-9d4d-7a3f0f5b8a11';
  expect((await refusal({ newAccountRole })).error.code).toBe('policy.unknown_role');
  expect((await refusal({ newAccountRole: 'owner' })).error.code).toBe('request.invalid');
  expect(server.context.policy.state.version).toBe(0);
});

test('the factors that are allowed can neither be narrowed to ones that nobody can set up', async () => {
  await using server = await bootServer({ parts: [], openDoors: false });
  const { client } = await setUpOwner(server);
  await changePolicy(client, { factors: ['sms'] });
  await expect(changePolicy(client, { secondFactor: 'everybody' })).rejects.toThrow(
    'policy.no_usable_factor',
  );
  await changePolicy(client, { secondFactor: 'everybody', factors: ['totp', 'sms'] });
  await setUpTotp(client, Date.now());
  await expect(changePolicy(client, { factors: ['sms'] })).rejects.toThrow('policy.no_usable_factor');
  await changePolicy(client, { keepMailsDays: 3 });
});

test('nobody gives new accounts a role that may do more than they', async () => {
  await using server = await bootServer({ parts: [], openDoors: false });
  const { client: owner } = await setUpOwner(server);
  const makeRole = async (name: string, permissions: readonly string[]) =>
    ((await owner.call('createRole', { body: { name, permissions } })).body as { id: string }).id;
  const { client } = await addMember(server, await makeRole('Rules', ['policy.read', 'policy.manage']));
  const newAccountRole = await makeRole('People', ['people.read', 'people.manage']);
  await expect(changePolicy(client, { newAccountRole })).rejects.toThrow('account.beyond_you');
  await changePolicy(client, { newAccountRole: 'member', keepMailsDays: 3 });
  await changePolicy(owner, { newAccountRole });
  // What is there already, they may leave.
  await changePolicy(client, { newAccountRole, keepMailsDays: 4 });
});

test('nobody without the right reads or changes it; whoever has an account sees what meetings may choose', async () => {
  await using server = await bootServer({ parts: [], openDoors: false });
  await setUpOwner(server);
  const { client: member } = await addMember(server);
  const body = { version: 0, changes: { keepMailsDays: 3 } };
  for (const call of ['readPolicy', 'readPosture', 'readRetention'] as const) {
    expect((await member.call(call)).code).toBe('auth.forbidden');
    expect((await new ApiClient(server.origin).call(call)).code).toBe('auth.required');
  }
  expect((await member.call('changePolicy', { body })).code).toBe('auth.forbidden');
  const answer = await member.call('meetingPolicy');
  expect(answer.body).toMatchObject({ guests: FIRST_POLICY.guests });
  expect(Object.keys(answer.body as object)).not.toContain('secondFactor');
});

test('a change asks again who one is, when that was shown too long ago', async () => {
  let now = Date.now();
  await using server = await bootServer({ parts: [], openDoors: false, clock: () => now });
  const { client } = await setUpOwner(server);
  now += 11 * 60_000;
  const body = { version: 0, changes: { keepMailsDays: 3 } };
  expect((await client.call('changePolicy', { body })).code).toBe('auth.step_up');
  expect((await client.call('readPolicy')).status).toBe(200);
});

test('what the file of the operator says is pinned, told as such, and cannot be changed', async () => {
  await using server = await bootServer({
    parts: [],
    openDoors: false,
    settings: { meetings: { directPath: 'off' } },
  });
  const { client } = await setUpOwner(server);
  const view = (await client.call('readPolicy')).body as PolicyView;
  expect(view.pinned).toEqual(['directPath']);
  const changes = { directPath: { mode: 'default', value: 'allowed' } };
  const answer = await client.call('changePolicy', { body: { version: 0, changes } });
  expect(answer.body).toMatchObject({ error: { code: 'policy.pinned', field: 'directPath' } });
});

test('a meeting chooses where it may, and nothing that is enforced', async () => {
  await using server = await bootServer({ parts: [], openDoors: false });
  const { client } = await setUpOwner(server);
  const { id } = (await client.call('createMeeting', { body: makeMeeting() })).body as Meeting;
  const choose = (choices: object) => client.call('changeMeeting', { params: { id }, body: { choices } });
  expect((await choose({ guests: 'refused', participants: 5 })).body).toMatchObject({
    choices: { guests: 'refused', participants: 5 },
  });
  await changePolicy(client, { guests: { mode: 'enforced', value: 'allowed' } });
  expect((await choose({ guests: 'refused', participants: 6 })).status).toBe(200);
  const other = await choose({ guests: 'allowed' });
  expect(other.body).toMatchObject({ error: { code: 'meeting.enforced', field: 'guests' } });
  expect((await choose({ surprise: 1 })).code).toBe('request.invalid');
  const { client: member } = await addMember(server);
  const theirs = await member.call('changeMeeting', { params: { id }, body: { choices: {} } });
  expect(theirs.code).toBe('meeting.not_found');
});

test('shorter sessions end those that are too old already, at once', async () => {
  let now = Date.now();
  await using server = await bootServer({ parts: [], openDoors: false, clock: () => now });
  const { client: owner } = await setUpOwner(server);
  const { client: old } = await addMember(server);
  now += 10 * day;
  const { client: fresh } = await addMember(server);
  const again = new ApiClient(server.origin);
  await again.call('signIn', { body: { email: OWNER.email, password: OWNER.password } });
  expect((await old.call('listMeetings')).status).toBe(200);
  const ended = Promise.withResolvers<string>();
  using _ = server.context.onSessionEnded(({ by }) => ended.resolve(by));
  await changePolicy(again, { sessionIdleDays: 2, sessionAbsoluteDays: 5 });
  expect(await ended.promise).toBe('expired');
  expect((await old.call('listMeetings')).code).toBe('auth.required');
  expect((await owner.call('listMeetings')).code).toBe('auth.required');
  expect((await fresh.call('listMeetings')).status).toBe(200);
  now += 2 * day;
  expect((await fresh.call('listMeetings')).code).toBe('auth.required');
});

test('passwords are as long as the organisation says', async () => {
  await using server = await bootServer({ parts: [], openDoors: false });
  const body = { token: ownerTokenOf(server), ...OWNER };
  await server.context.policy.change(0, { passwordLength: 40 });
  expect((await new ApiClient(server.origin).call('createOwner', { body })).code).toBe('password.too_short');
  await server.context.policy.change(1, { passwordLength: 15, passwordComposition: 'letters-and-digits' });
  expect((await new ApiClient(server.origin).call('createOwner', { body })).code).toBe(
    'password.composition',
  );
});

test('everybody is told where data is and media goes, without signing in, and nothing else', async () => {
  const settings = {
    turn: { urls: ['turns:turn.example.org:443?transport=tcp'], username: 'u', password: 'p' },
  };
  await using server = await bootServer({ parts: [], openDoors: false, settings });
  const { client } = await setUpOwner(server);
  await changePolicy(client, { storageLocation: 'Uppsala,\nSweden', dataContact: 'privacy@example.org' });
  const answer = await new ApiClient(server.origin).call('about');
  expect(answer.body as About).toMatchObject({
    storageLocation: 'Uppsala,\nSweden',
    dataContact: 'privacy@example.org',
    relays: ['turn.example.org'],
    database: 'own',
    directPath: false,
    keepMailsDays: FIRST_POLICY.keepMailsDays,
  });
});

test('the posture follows the policy', async () => {
  await using server = await bootServer({ parts: [], openDoors: false });
  const { client } = await setUpOwner(server);
  // What is strict asks everybody for one.
  await setUpTotp(client, Date.now());
  const met = async () => {
    const { points } = (await client.call('readPosture')).body as Posture;
    return points.filter(({ state }) => state === 'met').length;
  };
  const before = await met();
  // Without a second factor of their own the owner could see nothing more.
  const strict = { ...PRESETS.strict, secondFactor: FIRST_POLICY.secondFactor };
  await changePolicy(client, strict as PolicyChanges);
  expect(await met()).toBeGreaterThan(before);
});
