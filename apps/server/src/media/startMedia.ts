import { MediaWorker, SfuError } from '@conclave/sfu';
import type { Context } from '../context.ts';
import { StartRefused } from '../startRefused.ts';
import { MediaPool } from './MediaPool.ts';

/**
 * Starts the SFU workers of this machine; each listens on the UDP port after the one before it.
 * @throws StartRefused when they cannot have their ports.
 */
export async function startMedia({ config, log, emit }: Context): Promise<MediaPool> {
  const { workers, udpPort, bindAddress, announcedAddresses } = config.media;
  const pool = new MediaPool({
    workers,
    emit,
    onFault: (fault) => log.error({ fault }, 'a media worker met a fault'),
    start: (index) =>
      MediaWorker.start({
        udpPort: udpPort + index,
        ...(bindAddress === undefined ? {} : { bindAddress }),
        announcedAddresses: [...announcedAddresses],
        log: ({ level, message, ...fields }) => log[level]({ worker: index, ...fields }, message),
      }),
  });
  try {
    await pool.ready();
    return pool;
  } catch (fault) {
    await pool[Symbol.asyncDispose]();
    if (!(fault instanceof SfuError)) throw fault;
    const ports = workers === 1 ? `port ${udpPort}` : `ports ${udpPort} to ${udpPort + workers - 1}`;
    throw new StartRefused(
      `The media workers did not start on UDP ${ports}. Is something else there? See media.udpPort.`,
    );
  }
}
