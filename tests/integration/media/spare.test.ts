import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { freeUdpPort } from '../../dev-env/freePort.ts';
import { LoadParticipant } from '../../load/LoadParticipant.ts';
import { mediaWorkersOf } from '../../load/processes.ts';
import { bootMeeting } from '../signalling/bootMeeting.ts';

test.runIf(process.platform === 'linux')(
  'a process that waits takes over from a media worker that is killed',
  async () => {
    const before = mediaWorkersOf(process.pid);
    const udpPort = await freeUdpPort();
    await using meeting = await bootMeeting({
      media: { workers: 1, udpPort, announcedAddresses: ['127.0.0.1'] },
    });
    const workers = () => mediaWorkersOf(process.pid).filter((pid) => !before.includes(pid));
    const [worker] = workers();
    if (worker === undefined) throw new Error('There is a worker.');
    expect(hasPort(worker, udpPort)).toBe(true);
    while (workers().length < 2) await sleep(50);
    const spare = workers().find((pid) => pid !== worker) ?? -1;
    expect(hasPort(spare, udpPort)).toBe(false);
    process.kill(worker, 'SIGKILL');
    while (workers().includes(worker)) await sleep(5);
    const { id: meetingId, proof, origin } = meeting;
    const load = { origin, meetingId, proof, visible: 1, framesPerSecond: 5 };
    using _ = await LoadParticipant.join(load, { index: 0, camera: true, microphone: true, measures: true });
    expect(hasPort(spare, udpPort)).toBe(true);
  },
  90_000,
);

/** Whether the process listens on a UDP port: one of its files is the socket that the kernel lists for the port. */
function hasPort(pid: number, port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = ['udp', 'udp6'].flatMap((name) =>
    readFileSync(`/proc/${pid}/net/${name}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, address]) => address?.endsWith(`:${hex}`) === true)
      .map((fields) => `socket:[${fields[9]}]`),
  );
  return readdirSync(`/proc/${pid}/fd`).some((file) => {
    try {
      return inodes.includes(readlinkSync(`/proc/${pid}/fd/${file}`));
    } catch {
      return false; // Closed meanwhile.
    }
  });
}
