import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.ts';

const hosts = '/etc/hosts';
const resolver = '/etc/resolv.conf';
/** Nobody answers there, and the system says so at once: whoever asks for an IPv6 address too does not wait. */
const nobody = 'nameserver 127.0.0.1\n';

/**
 * Gives an address a name for this process and all that it starts, until the result is disposed of. Tests run under
 * `ip netns exec`, which has mounts of its own: nobody else sees it.
 */
export async function nameAddress(name: string, address: string): Promise<AsyncDisposable> {
  await using open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'conclave-hosts-'));
  open.defer(() => rm(folder, { recursive: true, force: true }));
  const put = async (path: string, text: string) => {
    const file = join(folder, path.replaceAll('/', '-'));
    await writeFile(file, text);
    await command('mount', '--bind', file, path);
    open.defer(async () => void (await command('umount', path)));
  };
  await put(hosts, `${await readFile(hosts, 'utf8')}\n${address} ${name}\n`);
  await put(resolver, nobody);
  return open.move();
}
