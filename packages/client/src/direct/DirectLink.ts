import {
  type DirectPath,
  type DirectSignal,
  type MediaSource,
  NO_SOURCES,
  type ServerMessageOf,
} from '@conclave/protocol';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import { Listeners } from '../listeners.ts';
import type { MediaTransport } from '../media/MediaTransport.ts';
import type { ShownDirectly } from '../meeting/participantStates.ts';
import type { Roster } from '../meeting/roster.ts';
import type { Observable } from '../observable.ts';
import type { ClientRequest, Signal } from '../signalling/Signal.ts';
import type { DirectCall, Receivers } from './DirectCall.ts';
import type { Return } from './PathSwitch.ts';
import { soundGates } from './soundGates.ts';

/** What the direct path is told of the rest of the stay. */
export interface DirectSurroundings {
  roster(): Roster;
  transport(): MediaTransport | null;
  openCipher(): ConnectionCipher;
  /** Loudness of one's own microphone, 0 to 1. */
  readonly ownLevel: Observable<number>;
}

/**
 * The direct path to the other person, when the server offers one: NONE → LOADING → (a call) → NONE. Whatever the server
 * says last holds; what only two people need is fetched when there are two who may.
 */
export class DirectLink implements Disposable {
  /** Another path is shown, or the media goes elsewhere. */
  readonly changed = new Listeners<void>();
  readonly #around: DirectSurroundings;
  #signal: Signal | null = null;
  #path: DirectPath = { state: 'off' };
  /** Belongs to `#key`. */
  #call: DirectCall | null = null;
  #key: string | null = null;
  #peerId: string | null = null;
  readonly #waiting: DirectSignal[] = [];
  #word: boolean | null = null;

  constructor(around: DirectSurroundings) {
    this.#around = around;
  }

  /** Null: where the service has no direct paths. */
  get terms(): { readonly agreed: boolean | null; readonly asks: boolean } | null {
    const path = this.#path;
    if (path.state === 'off') return null;
    return { agreed: path.agreed, asks: path.state === 'server' && path.asks };
  }

  /** Where what we send goes besides the server; null for nowhere. */
  get call(): DirectCall | null {
    return this.#call?.over === false ? this.#call : null;
  }

  /** Both receive what the other sends: nothing has to go through the server. */
  get serverIdle(): boolean {
    return this.#path.state === 'established' && this.#call?.shown === true && !this.#call.failed;
  }

  /** The person whose media is shown from the direct path, and who speaks there; null while none is. */
  get shown(): (ShownDirectly & { readonly speakers: readonly string[] }) | null {
    const call = this.#call;
    const peerId = this.#peerId;
    if (call?.shown !== true || peerId === null) return null;
    const ids = { self: this.#around.roster().self ?? '', peer: peerId };
    return {
      peerId,
      trackOf: (source) => call.trackOf(source),
      speakers: call.speakers.map((who) => ids[who]),
    };
  }

  /** Every sound that arrives, heard or not: what is yet to be heard plays already. */
  soundTracks(): readonly MediaStreamTrack[] {
    const { call } = this;
    return [call?.trackOf('microphone'), call?.trackOf('screen-audio')].filter((track) => track != null);
  }

  setSignal(signal: Signal | null): void {
    this.#signal = signal;
  }

  /** What `joined` says: it tells everything anew, and a place that is new has yet to hear one's word. */
  enter(joined: ServerMessageOf<'joined'>): void {
    this.follow(joined.direct);
    const { direct } = joined;
    if (direct.state !== 'off' && direct.agreed === null && this.#word !== null) this.agree(this.#word);
  }

  follow(path: DirectPath): void {
    this.#path = path;
    if (path.state === 'off' || path.state === 'server') {
      this.#leave(path.state === 'server' ? returnFor(path.ended) : null);
    } else {
      const key = `${path.offerId} ${path.peerId} ${this.#around.roster().self ?? ''}`;
      if (key === this.#key && this.#call?.failed !== true) {
        this.changed.emit();
        return;
      }
      if (path.state === 'offered' && key !== this.#key) void this.#open(path, key);
      // A page that was reloaded has nothing of what its predecessor had.
      else this.#send({ type: 'direct-report', offerId: path.offerId, report: 'failed' });
    }
    this.changed.emit();
  }

  receive({ offerId, signal }: ServerMessageOf<'direct-signal'>): void {
    const path = this.#path;
    if (path.state === 'off' || path.state === 'server' || path.offerId !== offerId) return;
    if (this.#call?.over === false) this.#call.receive(signal);
    else this.#waiting.push(signal);
  }

  /** For as long as the stay lasts. */
  agree(agreed: boolean): void {
    this.#word = agreed;
    this.#send({ type: 'direct-consent', agreed });
  }

  /** Each sound is heard from one path. */
  gateSound(): void {
    const { slots, participants } = this.#around.roster();
    const transport = this.#around.transport();
    const peer = participants.find(({ id }) => id === this.shown?.peerId);
    for (const [track, open] of soundGates(slots, peer, (mid) => transport?.trackOf(mid) ?? null, this.call))
      track.enabled = open;
  }

  [Symbol.dispose](): void {
    this.#leave(null);
    this.changed.clear();
  }

  async #open(path: Extract<DirectPath, { state: 'offered' }>, key: string): Promise<void> {
    this.#leave(null);
    const { offerId, role, peerId } = path;
    this.#key = key;
    this.#peerId = peerId;
    const [{ DirectCall }, iceServers] = await Promise.all([import('./DirectCall.ts'), this.#askServers()]);
    if (this.#key !== key) return;
    const call = new DirectCall({
      role,
      peerId,
      cipher: this.#around.openCipher(),
      iceServers,
      tell: (signal) => this.#send({ type: 'direct-signal', offerId, signal }),
      report: (report) => this.#send({ type: 'direct-report', offerId, report }),
      on: () => this.#around.roster().participants.find(({ id }) => id === peerId)?.sources ?? NO_SOURCES,
      throughServer: () => this.#throughServer(peerId),
      ownLevel: this.#around.ownLevel,
      changed: () => this.changed.emit(),
    });
    this.#call = call;
    for (const signal of this.#waiting.splice(0)) call.receive(signal);
    this.changed.emit();
  }

  /** @param gently keeps what is shown until the server's pictures are there; null: nothing of it */
  #leave(gently: Return | null): void {
    this.#waiting.length = 0;
    if (gently !== null && this.#call !== null) {
      this.#call.return(gently);
      return;
    }
    const call = this.#call;
    this.#call = null;
    this.#key = null;
    call?.[Symbol.dispose]();
  }

  #throughServer(peerId: string): Receivers {
    const transport = this.#around.transport();
    const receivers: Partial<Record<MediaSource, RTCRtpReceiver>> = {};
    for (const { mid, use, participantId, layer } of this.#around.roster().slots) {
      if (participantId !== peerId || (use === 'video-slot' && layer === null)) continue;
      const track = transport?.trackOf(mid);
      const receiver = transport?.connection.getReceivers().find((each) => each.track === track);
      if (receiver === undefined) continue;
      if (use === 'audio-slot') receivers.microphone = receiver;
      if (use === 'video-slot') receivers.camera = receiver;
      if (use === 'screen-slot') receivers.screen = receiver;
    }
    return receivers;
  }

  /** The servers that this service names, and no others. */
  async #askServers(): Promise<readonly RTCIceServer[]> {
    const answer = await this.#signal?.request({ type: 'relays' }).catch(() => null);
    return answer?.type === 'relays' ? answer.relays : [];
  }

  /** Refusals are of what has ended meanwhile, and the next `direct-path` or `joined` says how it stands. */
  #send(message: ClientRequest): void {
    this.#signal?.request(message).catch(() => {});
  }
}

function returnFor(ended: Extract<DirectPath, { state: 'server' }>['ended']): Return | null {
  if (ended === 'left') return null;
  return ended === 'third-person' ? 'joining' : 'unwanted';
}
