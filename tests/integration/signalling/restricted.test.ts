import { deriveMeetingSecret, makePasscode, toBase64Url, verifierOf } from '@conclave/e2ee';
import { PROTOCOL_VERSION } from '@conclave/protocol';
import { expect, test, vi } from 'vitest';
import { bootServer } from '../../dev-env/bootServer.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { makeMeeting, makeMeetingId } from '../../dev-env/meetings.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { SignalClient } from './SignalClient.ts';

test('who must set up a second factor first hosts nothing: they come in as any guest does', async () => {
  await using server = await bootServer();
  const { client } = await setUpOwner(server);
  const id = makeMeetingId();
  const secret = await deriveMeetingSecret(id, makePasscode());
  const verifier = toBase64Url(await verifierOf(secret));
  await client.call('createMeeting', { body: makeMeeting({ id, verifier }) });
  const policy = { secondFactor: 'everybody', allowedFactors: ['totp', 'recovery'] } as const;
  vi.spyOn(server.context.accountsPorts.factors, 'policy').mockReturnValue(policy);
  using socket = await SignalClient.open(server.origin, { cookie: client.cookie ?? '' });
  const joined = await socket.ask({
    type: 'join',
    version: PROTOCOL_VERSION,
    meetingId: id,
    proof: toBase64Url(secret.proof),
    name: 'Somebody',
    ...groupEntry(),
  });
  expect(joined).toMatchObject({ type: 'joined', participants: [{ name: 'Somebody', role: 'guest' }] });
});
