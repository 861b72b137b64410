import { expect, test } from 'vitest';
import { command } from '../../net/command.ts';
import { runOn } from '../../net/host.ts';
import { impairBoth, queueingArguments } from '../../net/impairment.ts';
import { openNetwork } from '../../net/network.ts';

const canMakeHosts = process.platform === 'linux' && process.getuid?.() === 0;
const namespaces = () => command('ip', 'netns', 'list');

test('rate is made by a token bucket, delay by netem, nothing by nothing', () => {
  expect(queueingArguments({ rateKbit: 800, queueMs: 50 })).toEqual(
    'tbf rate 800kbit burst 3000 latency 50ms'.split(' '),
  );
  expect(queueingArguments({ delayMs: 40, jitterMs: 5, rateKbit: 800 })).toEqual(
    'netem delay 40ms 5ms rate 800kbit'.split(' '),
  );
  expect(queueingArguments({ lossPercent: 3 })).toBeNull();
});

test.runIf(canMakeHosts)('two hosts, a cable that can be spoiled, and nothing left over', async () => {
  let names: string[];
  {
    await using network = await openNetwork();
    const { server, browsers } = network;
    names = [server.namespace, browsers.namespace];
    expect(await runOn(browsers, 'ip', 'route', 'get', server.address)).toContain(browsers.address);
    {
      await using _spoiled = await impairBoth(server, browsers, { lossPercent: 5, rateKbit: 1_000 });
      expect(await runOn(browsers, 'nft', 'list', 'ruleset')).toContain('numgen random mod 10000 < 500 drop');
      expect(await runOn(browsers, 'tc', 'qdisc', 'show')).toContain('rate 1Mbit');
    }
    expect(await runOn(browsers, 'nft', 'list', 'ruleset')).toBe('');
    expect(await runOn(browsers, 'tc', 'qdisc', 'show')).not.toContain('tbf');
  }
  const left = await namespaces();
  for (const name of names) expect(left).not.toContain(name);
});

test.runIf(canMakeHosts)('what a crashed run left behind is removed by the next', async () => {
  // No process has this id: it is past the largest that Linux gives (4,194,304).
  const abandoned = 'conclave-4194305-0a0a-s';
  await command('ip', 'netns', 'add', abandoned);
  await using _network = await openNetwork();
  expect(await namespaces()).not.toContain(abandoned);
});
