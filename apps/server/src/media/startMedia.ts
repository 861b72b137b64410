import { MediaWorker, SfuError } from '@conclave/sfu';
import type { Context } from '../context.ts';
import { StartRefused } from '../startRefused.ts';
import { MediaPool } from './MediaPool.ts';
import { describeMediaPorts, mediaPorts } from './mediaPorts.ts';
import { SpareProcess, type Waiting } from './SpareProcess.ts';

/** Whatever needs a processor now comes before a process that nobody needs yet. */
const sparePauseMs = 3_000;

/**
 * Starts the SFU workers of this machine; each listens on the UDP port after the one before it, and on a TCP port likewise.
 * @throws StartRefused when they cannot have their ports.
 */
export async function startMedia({ config, log, emit }: Context): Promise<MediaPool> {
  const { workers, udpPort, bindAddress, announcedAddresses, codecs } = config.media;
  const { tcpPort } = mediaPorts(config.media);
  const spare = new SpareProcess({ spawn: () => new WaitingWorker(log), pauseMs: sparePauseMs });
  const pool = new MediaPool({
    workers,
    emit,
    onFault: (fault) => log.error({ fault }, 'a media worker met a fault'),
    start: async (index) => {
      const process = spare.take();
      process.index = index;
      const { worker } = process;
      await worker.begin({
        udpPort: udpPort + index,
        ...(tcpPort === null ? {} : { tcpPort: tcpPort + index }),
        ...(bindAddress === undefined ? {} : { bindAddress }),
        announcedAddresses: [...announcedAddresses],
        codecs: [...codecs],
      });
      return worker;
    },
    spare,
  });
  try {
    await pool.ready();
    return pool;
  } catch (fault) {
    await pool[Symbol.asyncDispose]();
    if (!(fault instanceof SfuError)) throw fault;
    throw new StartRefused(
      `The media workers did not start on ${describeMediaPorts(config)}. Is something else there? ` +
        'See media.udpPort and media.tcpPort.',
    );
  }
}

/** A worker process that belongs to no place yet. */
class WaitingWorker implements Waiting {
  /** Of the place that it has, for the log. */
  index: number | null = null;
  readonly worker: MediaWorker;

  constructor(log: Context['log']) {
    this.worker = MediaWorker.spawn({
      log: ({ level, message, ...fields }) => log[level]({ worker: this.index, ...fields }, message),
    });
  }

  get closed() {
    return this.worker.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.worker[Symbol.asyncDispose]();
  }
}
