import { afterEach, beforeEach, expect, test } from 'vitest';
import { command } from '../net/command.ts';
import { fromEnvironment } from '../net/environment.ts';
import { allowOnly, translate } from '../net/firewall.ts';
import { runOn } from '../net/host.ts';
import { addAddress } from '../net/turn/startRelay.ts';
import { Call, type Member } from './harness/call.ts';
import { seeMoving } from './harness/media.ts';
import { waitFor } from './harness/waitFor.ts';
import { pathInUse } from './in-page/pathInUse.ts';

const { server, browsers } = fromEnvironment();
let open: AsyncDisposableStack;
beforeEach(() => {
  open = new AsyncDisposableStack();
});
afterEach(() => open.disposeAsync());

async function callOf(settings: Readonly<Record<string, string>>): Promise<[Member, Member]> {
  const call = open.use(await Call.open({ CONCLAVE_MEDIA_WORKERS: '1', ...settings }));
  const olivia = await call.joinAsOwner();
  const bob = await call.joinAsGuest('firefox', { name: 'Bob', tone: 700 });
  for (const { page } of [olivia, bob]) await seeMoving(page, 'camera', 1, { withinMs: 60_000 });
  return [olivia, bob];
}

function remoteOf({ page }: Member) {
  return waitFor('a path', () => page.evaluate(pathInUse, null), { withinMs: 10_000 });
}

test('a call over IPv6 alone', { timeout: 200_000 }, async () => {
  const address = '2001:db8:51::1';
  await addAddress(server, address, 64);
  await addAddress(browsers, '2001:db8:51::2', 64);
  const members = await callOf({ CONCLAVE_MEDIA_BIND_ADDRESS: address });
  for (const member of members)
    expect(await remoteOf(member)).toMatchObject({ protocol: 'udp', remote: address });
});

test('a server behind NAT is reached at the address that it announces, over UDP and over TCP', {
  timeout: 200_000,
}, async () => {
  const inside = '10.77.0.1';
  await command('ip', '-n', server.namespace, 'address', 'replace', `${inside}/32`, 'dev', 'lo');
  await translate(server, inside, '40000-40003');
  open.defer(async () => void (await runOn(server, 'nft', 'delete', 'table', 'ip', 'conclave-nat')));
  const [olivia, bob] = await callOf({
    CONCLAVE_MEDIA_BIND_ADDRESS: inside,
    CONCLAVE_MEDIA_ANNOUNCED_ADDRESSES: server.address,
  });
  for (const member of [olivia, bob])
    expect(await remoteOf(member)).toMatchObject({ protocol: 'udp', remote: server.address });
  open.use(await allowOnly(server, ['meta l4proto tcp', 'meta l4proto icmp']));
  await waitFor('TCP', async () => (await olivia.page.evaluate(pathInUse, null))?.protocol === 'tcp', {
    withinMs: 20_000,
  });
  await seeMoving(olivia.page, 'camera', 1, { withinMs: 20_000 });
});
