import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  configFrom,
  type RawSettings,
  type RunningServer,
  type StartOptions,
  startServer,
} from '@conclave/server';
import { placeEmptyDatabase } from './emptyDatabase.ts';
import { freeUdpPort } from './freePort.ts';

export interface BootOptions extends Omit<StartOptions, 'config'> {
  /** Laid over what a test server has: loopback, a free port, a data folder of its own, a silent log. */
  readonly settings?: RawSettings;
  /**
   * Whether whoever has the passcode comes straight in, with devices as chosen: so it is unless a test is about doors. The
   * product's own default is another one.
   */
  readonly openDoors?: boolean;
  /** The data of an earlier server; otherwise a new folder. */
  readonly dataFolder?: string;
  /** Whether the data folder outlives the server. Yes for one that was given, unless this says no. */
  readonly keepData?: boolean;
}

export interface BootedServer extends RunningServer {
  readonly dataFolder: string;
}

/** A real server in this process on a free port. `await using` it: disposing stops it and removes its data. */
export async function bootServer(options: BootOptions = {}): Promise<BootedServer> {
  const { settings = {}, openDoors = true, keepData, ...start } = options;
  const dataFolder = options.dataFolder ?? (await makeServerFolder());
  const keep = keepData ?? options.dataFolder !== undefined;
  const removeData = () => {
    if (!keep) rmSync(dataFolder, { recursive: true, force: true });
  };
  const raw: RawSettings = {
    log: { level: 'silent' },
    ...settings,
    meetings: { ...(openDoors && OPEN_DOORS), ...settings.meetings },
    media: { workers: 1, udpPort: await freeUdpPort(), ...settings.media },
    listen: { port: 0, ...settings.listen },
    dataFolder,
  };
  try {
    const server = await startServer({ ...start, config: configFrom(raw, dataFolder) });
    return {
      ...server,
      dataFolder,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        removeData();
      },
    };
  } catch (fault) {
    removeData();
    throw fault;
  }
}

const OPEN_DOORS = { straightIn: 'everybody', microphoneAtStart: 'chosen', cameraAtStart: 'chosen' } as const;

/** A data folder with nothing but the database that a first start makes. */
export async function makeServerFolder(): Promise<string> {
  const folder = makeDataFolder();
  await placeEmptyDatabase(folder);
  return folder;
}

/** Empty. */
export function makeDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'conclave-data-'));
}
