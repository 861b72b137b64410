import { deriveMeetingSecret, makePasscode, toBase64Url, verifierOf } from '@conclave/e2ee';
import { LIMITS, MeetingId, NO_SOURCES, PROTOCOL_VERSION, type ServerMessage } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { type BootedServer, bootServer } from '../../dev-env/bootServer.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { makeMeeting, makeMeetingId } from '../../dev-env/meetings.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { changePolicy } from '../policy/changePolicy.ts';
import { SignalClient } from './SignalClient.ts';

// Doors as they are when nobody has chosen anything: whoever has no account waits at every meeting.
let server: BootedServer;
let owner: ApiClient;
let late = 0;
beforeAll(async () => {
  server = await bootServer({ openDoors: false, clock: () => Date.now() + late });
  ({ client: owner } = await setUpOwner(server));
});
afterAll(() => server[Symbol.asyncDispose]());

interface Made {
  readonly id: string;
  readonly proof: string;
  readonly verifier: string;
}

async function makeUp(id = makeMeetingId()): Promise<Made> {
  const secret = await deriveMeetingSecret(id, makePasscode());
  return { id, proof: toBase64Url(secret.proof), verifier: toBase64Url(await verifierOf(secret)) };
}

async function begin({ id, verifier }: Made, by = new ApiClient(server.origin)): Promise<string | null> {
  return (await by.call('createTestCall', { body: { id, verifier } })).code;
}

async function join({ id, proof }: Made): Promise<{ client: SignalClient; answer: ServerMessage }> {
  const client = await SignalClient.open(server.origin);
  const who = { version: PROTOCOL_VERSION, meetingId: id, proof, name: 'Test call', ...groupEntry() };
  return { client, answer: await client.ask({ type: 'join', ...who }) };
}

test('a browser calls itself: two ends come straight in and nobody else, and nothing of it is kept', async () => {
  const made = await makeUp();
  expect(await begin(made)).toBeNull();
  const { client: speaker, answer } = await join(made);
  using _speaker = speaker;
  expect(answer).toMatchObject({ type: 'joined', participants: [{ role: 'guest' }] });
  const { client: listener, answer: second } = await join(made);
  using _listener = listener;
  expect(second).toMatchObject({ type: 'joined' });
  // Both devices may be on from the beginning.
  await speaker.ask({ type: 'sources', sources: { ...NO_SOURCES, microphone: true, camera: true } });
  await listener.hear(
    (message) => message.type === 'participant-changed' && message.participant.sources.camera,
  );
  const { client: third, answer: refused } = await join(made);
  using _third = third;
  expect(refused).toMatchObject({ type: 'error', code: 'meeting.full' });
  expect(await server.context.meetings.findForJoin(MeetingId.parse(made.id))).toBeNull();
});

test('it takes the passcode, as every meeting', async () => {
  const made = await makeUp();
  await begin(made);
  const { client, answer } = await join({ ...made, proof: (await makeUp()).proof });
  using _ = client;
  expect(answer).toMatchObject({ type: 'error', code: 'meeting.wrong_passcode' });
});

test('it has no screen, files, messages or hosts', async () => {
  const made = await makeUp();
  await begin(made);
  const { client, answer } = await join(made);
  using _ = client;
  expect(answer).toMatchObject({
    allowed: { microphone: true, camera: true, screen: false },
    rules: { chat: 'off', fileSharing: 'off' },
  });
  expect(await client.ask({ type: 'file-access' })).toMatchObject({ maySend: false });
  expect(await client.ask({ type: 'moderate', moderation: { action: 'lock', locked: true } })).toMatchObject({
    code: 'meeting.not_allowed',
  });
});

test('the id of a meeting, or of another test call, is not taken again', async () => {
  const made = await makeUp();
  const meeting = makeMeeting();
  await owner.call('createMeeting', { body: meeting });
  expect(await begin(await makeUp(meeting.id))).toBe('request.invalid');
  expect(await begin(made)).toBeNull();
  expect(await begin({ ...made, verifier: (await makeUp()).verifier })).toBe('request.invalid');
});

test('after a minute it is over for whoever is in it, and its link leads nowhere', async () => {
  const made = await makeUp();
  await begin(made);
  const { client } = await join(made);
  using _ = client;
  late += LIMITS.testCallMs;
  await client.hear((message) => message.type === 'ended');
  const { client: again, answer } = await join(made);
  using _again = again;
  expect(answer).toMatchObject({ code: 'meeting.not_found' });
});

test('what the organisation decides of meetings does not change it; where no guests may come, guests do not test', async () => {
  const made = await makeUp();
  await begin(made);
  const { client } = await join(made);
  using _ = client;
  await changePolicy(owner, { guests: { mode: 'off' }, cameraAtStart: { mode: 'enforced', value: 'off' } });
  const { client: listener, answer } = await join(made);
  using _listener = listener;
  expect(answer).toMatchObject({ type: 'joined', rules: { cameraAtStart: 'chosen' } });
  expect(client.heard.some(({ type }) => type === 'ended' || type === 'rules')).toBe(false);
  expect(await begin(await makeUp())).toBe('auth.required');
  expect(await begin(await makeUp(), owner)).toBeNull();
});

test('somebody who begins one after the other is told to wait', async () => {
  const codes: (string | null)[] = [];
  for (let count = 0; count < 21; count++) codes.push(await begin(await makeUp(), owner));
  expect(codes.at(0)).toBeNull();
  expect(codes.at(-1)).toBe('auth.too_many_attempts');
});
