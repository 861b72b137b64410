import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicKeyHash, writeAuthority, writeCertificate } from '../dev-env/certificate.ts';
import { fromEnvironment } from '../net/environment.ts';
import { allowOnly } from '../net/firewall.ts';
import { nameAddress } from '../net/hostsFile.ts';
import { addAddress, startRelay } from '../net/turn/startRelay.ts';
import { Call, type Member } from './harness/call.ts';
import { textAppears } from './harness/inspect.ts';
import { seeMoving } from './harness/media.ts';
import type { Page, PersonOptions } from './harness/page.ts';
import { closeSettings, openSettings, prepareToJoin } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { armJoinClock } from './in-page/joinClock.ts';
import { type PathInUse, pathInUse } from './in-page/pathInUse.ts';

/** The bar, from the click on "Join" to the first picture of somebody else. */
const joinedMs = 5_000;
const { server } = fromEnvironment();
const relayAddress = '198.51.100.3';
/** Firefox connects to no relay over TLS that is named by its address. */
const relayName = 'relay.example';
const pages = `ip daddr ${server.address} tcp dport 8443`;
const relayTls = `ip daddr ${relayAddress} tcp dport 443`;

let open: AsyncDisposableStack;
let call: Call;
let olivia: Member;
let trusted: Pick<PersonOptions, 'trustedKeys' | 'authorityFile'>;
let closed: AsyncDisposable | null = null;

beforeAll(async () => {
  open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'conclave-paths-'));
  open.defer(() => rm(folder, { recursive: true, force: true }));
  const secret = randomBytes(24).toString('base64');
  const authority = await writeAuthority(folder);
  const certificate = await writeCertificate(folder, relayName, authority);
  trusted = {
    trustedKeys: [await publicKeyHash(certificate.certificateFile)],
    authorityFile: authority.authorityFile,
  };
  await addAddress(server, relayAddress, 24);
  open.use(await nameAddress(relayName, relayAddress));
  open.use(
    await startRelay(server, {
      listen: [relayAddress],
      peers: [server.address],
      secret,
      mediaPort: 40_000,
      workers: 1,
      ...certificate,
    }),
  );
  const settings = {
    CONCLAVE_MEDIA_WORKERS: '1',
    CONCLAVE_TURN_URLS: `turns:${relayName}:443?transport=tcp`,
    CONCLAVE_TURN_SECRET: secret,
  };
  call = open.use(await Call.open(settings, trusted));
  open.defer(async () => void (await closed?.[Symbol.asyncDispose]()));
  olivia = await call.joinAsOwner();
  await pathOf(olivia.page, { type: 'host', protocol: 'udp' });
}, 200_000);

afterAll(async () => {
  await open?.disposeAsync();
});

async function closeAllBut(rules: readonly string[]): Promise<void> {
  await closed?.[Symbol.asyncDispose]();
  closed = await allowOnly(server, rules);
}

async function pathOf(page: Page, expected: Partial<PathInUse>): Promise<void> {
  let seen: PathInUse | null = null;
  await waitFor(
    `${JSON.stringify(expected)} in ${page.browser}`,
    async () => {
      seen = await page.evaluate(pathInUse, null);
      return Object.entries(expected).every(([key, value]) => seen?.[key as keyof PathInUse] === value);
    },
    { withinMs: 20_000 },
  ).catch((error: Error) => {
    throw new Error(`${error.message}; it is ${JSON.stringify(seen)}`);
  });
}

/** @returns ms until the first picture of somebody else */
async function joinTimed({ page }: Member, name: string): Promise<number> {
  await prepareToJoin(page, call.link, { name });
  await page.evaluate(armJoinClock, null);
  await page.click('button', 'Join');
  return waitFor('the first picture', () => page.evaluate(() => window.__joinMs ?? null, null), {
    withinMs: 30_000,
  });
}

const narrow = {
  'no UDP': { rules: [pages, `ip daddr ${server.address} tcp dport 40000`], path: { protocol: 'tcp' } },
  'nothing but TLS': { rules: [pages, relayTls], path: { type: 'relay', protocol: 'tls' } },
} as const;
const shown = {
  'no UDP': 'through your organisation’s server, over TCP',
  'nothing but TLS': 'through a relay to your organisation’s server',
};

for (const [network, { rules, path }] of Object.entries(narrow)) {
  test(`${network}: whoever is inside comes back by themselves`, { timeout: 120_000 }, async () => {
    await closeAllBut(rules);
    await pathOf(olivia.page, path);
  });

  test.each(['chromium', 'firefox'] as const)(
    `${network}: %s joins within 5 s`,
    {
      timeout: 120_000,
    },
    async (browser) => {
      const guest = await call.arrive(browser, { name: 'Gina', tone: 700, ...trusted });
      const took = await joinTimed(guest, 'Gina');
      console.log(`${network}, ${browser}: ${Math.round(took)} ms`);
      await pathOf(
        guest.page,
        // Firefox does not say how it reaches the relay.
        browser === 'firefox' && path.protocol === 'tls' ? { type: 'relay' } : path,
      );
      await seeMoving(guest.page, 'camera', 1, { withinMs: 20_000 });
      await seeMoving(olivia.page, 'camera', 1, { withinMs: 20_000 });
      if (browser === 'chromium') {
        await openSettings(guest.page);
        // The control bar says it too.
        await textAppears(guest.page, shown[network as keyof typeof shown], '[role="dialog"]');
        await closeSettings(guest.page);
      }
      expect(took).toBeLessThan(joinedMs);
      await guest.page.click('button', 'Leave');
      await guest.person[Symbol.asyncDispose]();
    },
  );
}
