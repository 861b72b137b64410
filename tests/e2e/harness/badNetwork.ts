import { setTimeout as delay } from 'node:timers/promises';
import { fromEnvironment } from '../../net/environment.ts';
import type { PathImpairment } from '../../net/relay/Path.ts';
import { RelayProcess } from '../../net/relay/RelayProcess.ts';
import { type Receptions, receptions } from '../in-page/receptions.ts';
import { Call, type Member } from './call.ts';
import { seeMoving } from './media.ts';

const relayAddress = '198.51.100.3';
const mediaPort = 40_000;
/** Small windows: three browsers share two cores, and what they paint and encode is not what is judged. */
/** The picture's rate is among what is measured. */
const looks = { viewport: { width: 640, height: 420 }, cameraRate: 20 };

/** A member whose network can be spoiled. */
export interface Connected extends Member {
  readonly address: string;
}

/**
 * A call of three whose media all goes through the relay, as if the server stood behind a NAT there: two Chromium on
 * hosts of their own and a Firefox. Each one's network is spoiled by itself.
 */
export class BadNetworkCall implements AsyncDisposable {
  readonly call: Call;
  readonly relay: RelayProcess;
  readonly olivia: Connected;
  readonly bob: Connected;
  readonly fay: Connected;
  readonly #open: AsyncDisposableStack;

  private constructor(
    call: Call,
    relay: RelayProcess,
    people: readonly [Connected, Connected, Connected],
    open: AsyncDisposableStack,
  ) {
    this.call = call;
    this.relay = relay;
    [this.olivia, this.bob, this.fay] = people;
    this.#open = open;
  }

  static async open(): Promise<BadNetworkCall> {
    const { server, browsers, homes } = fromEnvironment();
    const [oliviasHome, bobsHome] = homes;
    if (oliviasHome === undefined || bobsHome === undefined) throw new Error('There are no two homes.');
    await using open = new AsyncDisposableStack();
    const relay = open.use(
      await RelayProcess.open(server, {
        address: relayAddress,
        server: server.address,
        port: mediaPort,
        seed: 1,
      }),
    );
    const settings = {
      CONCLAVE_MEDIA_ANNOUNCED_ADDRESSES: relayAddress,
      CONCLAVE_MEDIA_UDP_PORT: `${mediaPort}`,
      CONCLAVE_MEDIA_WORKERS: '1',
    };
    const call = open.use(await Call.open(settings, { host: oliviasHome, ...looks }));
    const olivia = { ...(await call.joinAsOwner()), address: oliviasHome.address };
    const bob = {
      ...(await call.joinAsGuest('chromium', { name: 'Bob', tone: 700, host: bobsHome, ...looks })),
      address: bobsHome.address,
    };
    const fay = {
      ...(await call.joinAsGuest('firefox', { name: 'Fay', tone: 1_150, ...looks })),
      address: browsers.address,
    };
    for (const { page } of [olivia, bob, fay]) await seeMoving(page, 'camera', 2, { withinMs: 60_000 });
    for (const { address, person } of [olivia, bob, fay])
      if ((await relay.counts(address)).up.packets === 0)
        throw new Error(`The media of ${person.name} does not come through the relay.`);
    return new BadNetworkCall(call, relay, [olivia, bob, fay], open.move());
  }

  get people(): readonly Connected[] {
    return [this.olivia, this.bob, this.fay];
  }

  /** Spoils the network of one person until the result is disposed of. */
  async spoil(
    { address }: Connected,
    { up = {}, down = {} }: { readonly up?: PathImpairment; readonly down?: PathImpairment },
  ): Promise<AsyncDisposable> {
    await this.relay.impair(address, up, down);
    return { [Symbol.asyncDispose]: () => this.relay.impair(address, {}, {}) };
  }

  /** Watches everybody for a while. */
  async measure(ms: number): Promise<Measurement> {
    const look = () => Promise.all(this.people.map(({ page }) => page.evaluate(receptions, null)));
    const before = await look();
    await delay(ms);
    return new Measurement(this.people, before, await look());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#open.disposeAsync();
  }
}

/** How one person got another, over a while. */
export interface Quality {
  /** Share of played samples that were made up, 0 to 1. */
  readonly concealed: number;
  /** Of sound that was played for at all, s. */
  readonly heardSeconds: number;
  readonly framesPerSecond: number;
  readonly freezeMs: number;
  readonly videoKbit: number;
  readonly fec: number;
  readonly nacks: number;
  readonly audioLost: number;
  readonly videoLost: number;
}

export class Measurement {
  readonly #people: readonly Connected[];
  readonly #before: readonly Receptions[];
  readonly #after: readonly Receptions[];

  constructor(people: readonly Connected[], before: readonly Receptions[], after: readonly Receptions[]) {
    this.#people = people;
    this.#before = before;
    this.#after = after;
  }

  /** What `viewer` saw and heard of `sender`. */
  quality(viewer: Connected, sender: Connected): Quality {
    const [before, after] = this.#of(viewer);
    const from = this.#of(sender)[1].self;
    const seconds = (after.time - before.time) / 1_000;
    const grown = (
      kind: 'audio' | 'video',
      key:
        | 'packets'
        | 'packetsLost'
        | 'bytes'
        | 'framesDecoded'
        | 'freezeMs'
        | 'samples'
        | 'concealed'
        | 'fec'
        | 'nacks',
    ): number => {
      let sum = 0;
      for (const line of after.lines) {
        if (line.kind !== kind || line.from !== from) continue;
        // A line of another transport begins at 0.
        const then =
          before.transports === after.transports && before.lines.find(({ mid }) => mid === line.mid);
        sum += line[key] - (then ? then[key] : 0);
      }
      return sum;
    };
    const lost = (kind: 'audio' | 'video'): number =>
      grown(kind, 'packetsLost') / Math.max(1, grown(kind, 'packets') + grown(kind, 'packetsLost'));
    return {
      concealed: grown('audio', 'concealed') / Math.max(1, grown('audio', 'samples')),
      heardSeconds: grown('audio', 'samples') / 48_000,
      framesPerSecond: grown('video', 'framesDecoded') / seconds,
      freezeMs: grown('video', 'freezeMs'),
      videoKbit: (grown('video', 'bytes') * 8) / 1_000 / seconds,
      fec: grown('audio', 'fec'),
      nacks: grown('audio', 'nacks'),
      audioLost: lost('audio'),
      videoLost: lost('video'),
    };
  }

  /** Transports and sockets that were made anew meanwhile, by anybody. */
  get reconnections(): number {
    return this.#people.reduce((sum, person) => {
      const [before, after] = this.#of(person);
      return sum + after.transports - before.transports + after.sockets - before.sockets;
    }, 0);
  }

  /** One line for each pair, to be read by a person. */
  toString(): string {
    const lines = this.#people.flatMap((viewer) =>
      this.#people
        .filter((sender) => sender !== viewer)
        .map((sender) => {
          const q = this.quality(viewer, sender);
          return (
            `  ${sender.person.name.split(' ')[0]} → ${viewer.person.name.split(' ')[0]}: ` +
            `concealed ${percent(q.concealed)} of ${q.heardSeconds.toFixed(1)} s (${q.fec} by FEC, ${q.nacks} NACKs), ` +
            `${q.framesPerSecond.toFixed(1)} frames/s, ${Math.round(q.videoKbit)} kbit/s, ` +
            `frozen ${Math.round(q.freezeMs)} ms, lost ${percent(q.audioLost)} audio ${percent(q.videoLost)} video`
          );
        }),
    );
    const senders = this.#people.map((person) => {
      const { sent, uplink } = this.#of(person)[1];
      const layers = sent.map(
        ({ rid, codec, height, framesPerSecond, target, limitedBy }) =>
          `${rid} ${codec.replace('video/', '')} ${height} lines ${framesPerSecond} frames/s ` +
          `${Math.round(target / 1_000)} kbit/s (${limitedBy})`,
      );
      const estimate = uplink === null ? '' : `, of ${Math.round(uplink / 1_000)} kbit/s`;
      return `  ${person.person.name.split(' ')[0]} sends ${layers.join(', ')}${estimate}`;
    });
    return [...lines, ...senders].join('\n');
  }

  #of(person: Connected): readonly [Receptions, Receptions] {
    const at = this.#people.indexOf(person);
    const before = this.#before[at];
    const after = this.#after[at];
    if (before === undefined || after === undefined) throw new Error('not of this call');
    return [before, after];
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
