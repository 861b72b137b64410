import { MediaWorker } from '@conclave/sfu';
import type { Context } from '../context.ts';
import { MediaPool } from './MediaPool.ts';

/** Starts the SFU workers of this machine; each listens on the UDP port after the one before it. */
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
  await pool.ready();
  return pool;
}
