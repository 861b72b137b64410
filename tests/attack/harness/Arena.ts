import { readFileSync } from 'node:fs';
import type { LogRecord, WorkerEvent } from '../../../packages/sfu/src/control/events.ts';
import type { LineUse, OfferLine, SourceSet } from '../../../packages/sfu/src/control/media.ts';
import { MediaWorker } from '../../../packages/sfu/src/host/MediaWorker.ts';
import { freePort } from '../../../packages/sfu/src/testing/freePort.ts';
import { MediaPeer } from '../../../packages/sfu/src/testing/MediaPeer.ts';
import { ALL, USES, VIEW } from '../../../packages/sfu/src/testing/Meeting.ts';

/** The room that attackers join, and one that they do not. */
export const ROOMS = ['attacked', 'other'] as const;
export type RoomName = (typeof ROOMS)[number];

export interface Offer {
  readonly offer: string;
  readonly lines: readonly OfferLine[];
}

/** One media worker with two rooms, and what can be seen of its process from outside. */
export class Arena implements AsyncDisposable {
  readonly worker: MediaWorker;
  readonly port: number;
  readonly logs: LogRecord[];
  readonly events: WorkerEvent[] = [];
  readonly #peers: MediaPeer[] = [];

  private constructor(worker: MediaWorker, port: number, logs: LogRecord[]) {
    this.worker = worker;
    this.port = port;
    this.logs = logs;
    worker.onEvent((event) => this.events.push(event));
  }

  static async open(): Promise<Arena> {
    const port = await freePort();
    const logs: LogRecord[] = [];
    const worker = await MediaWorker.start({
      udpPort: port,
      announcedAddresses: ['127.0.0.1'],
      log: (record) => logs.push(record),
    });
    for (const room of ROOMS) await worker.openRoom(room);
    return new Arena(worker, port, logs);
  }

  /** An honest peer of this process. @param path where its datagrams go instead of straight to the worker. */
  async join(room: RoomName, peer: string, path?: { readonly port: number }): Promise<MediaPeer> {
    // Without feedback: there is none to be had from a peer that is not a browser, and its lack would look like a bad path.
    const media = await MediaPeer.open(USES, false);
    this.#peers.push(media);
    const answer = await this.connect(room, peer, media);
    await media.accept(
      path === undefined ? answer : answer.replaceAll(` ${this.port} typ host`, ` ${path.port} typ host`),
    );
    return media;
  }

  /** Has the worker answer an offer, as the server would; the picture is 640 × 360 in four tiles. */
  async connect(room: RoomName, peer: string, offer: Offer, allowed: SourceSet = ALL): Promise<string> {
    const { answer } = await this.worker.connect({
      room,
      peer,
      offer: offer.offer,
      lines: [...offer.lines],
      allowed,
      sources: allowed,
    });
    await this.worker.setView(room, peer, VIEW);
    return answer;
  }

  async statsOf(room: RoomName, peer: string) {
    const { peers } = await this.worker.stats(room);
    return peers.find((each) => each.peer === peer);
  }

  /** Resident memory of the worker, bytes. */
  get memory(): number {
    const pages = /^\d+ (\d+)/.exec(readFileSync(`/proc/${this.worker.pid}/statm`, 'utf8'))?.[1];
    return Number(pages) * 4096;
  }

  /** Time on a processor so far, ms. */
  get cpu(): number {
    const fields = readFileSync(`/proc/${this.worker.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  get alive(): boolean {
    try {
      return process.kill(this.worker.pid, 0);
    } catch {
      return false;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker[Symbol.asyncDispose]();
    for (const peer of this.#peers) peer.close();
  }
}

export type { LineUse };
export { USES };
