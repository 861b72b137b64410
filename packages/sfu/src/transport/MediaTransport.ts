import { randomBytes } from 'node:crypto';
import { CostLimit } from '../receive/CostLimit.ts';
import type { DtlsContext } from './dtls/DtlsContext.ts';
import { DtlsSession } from './dtls/DtlsSession.ts';
import { type FaultListener, guarded } from './guard.ts';
import type { BindingRequest } from './ice/bindingRequest.ts';
import { PacketMemory } from './native/PacketMemory.ts';
import { PathSelection } from './PathSelection.ts';
import type { PeerPath } from './PeerPath.ts';
import type { HostCandidate, LocalParameters, RemoteParameters } from './parameters.ts';
import { REFUSED } from './srtp/PacketProtection.ts';
import { type SrtpKeys, SrtpSession } from './srtp/SrtpSession.ts';

export type TransportState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface TransportListeners {
  readonly remote: RemoteParameters;
  /** A decrypted RTP or RTCP packet. The buffer is the receiver's to keep. */
  readonly onPacket: (packet: Buffer) => void;
  readonly onState: (state: TransportState) => void;
  /** What is sent takes another way than what was sent before. */
  readonly onPathChanged?: () => void;
  readonly onFault: FaultListener;
}

/** What the endpoint gives a transport that it opens. */
export interface TransportContext {
  readonly dtls: DtlsContext;
  readonly candidates: readonly HostCandidate[];
  readonly now: () => number;
  /** The paths lead nowhere any more. */
  readonly release: (paths: readonly PeerPath[]) => void;
  readonly onClosed: (transport: MediaTransport) => void;
}

/** The largest packet that we ever send: IPv6 and UDP headers and the SRTP tag fit into 1,500 bytes with it. */
export const MAX_PACKET = 1_420;
/** Checks whose password is looked at. A browser sends one for each pair every 48 ms at the start. */
const CHECKS = { perSecond: 100, atOnce: 300 };
/** Without anything genuine, ms. Browsers check a pair in use every 6 s at the latest (RFC 7675, section 5.1). */
const SILENCE = 15_000;

/** What goes out is protected here, one packet at a time. */
const outgoing = new PacketMemory();

/**
 * ICE-lite (RFC 8445, section 2.5) and DTLS-SRTP (RFC 5764) to one browser, and nothing above it: RTP and RTCP with any
 * SSRC go in and out. We need none of the browser's candidates: it checks ours, and shows its address by that.
 *
 * new → connecting (a check) → connected (DTLS) ⇄ disconnected (silence); connecting → failed (DTLS);
 * `close()`, ours or the browser's, from anywhere → closed.
 */
export class MediaTransport implements Disposable {
  readonly local: LocalParameters;
  readonly #onPacket: (packet: Buffer) => void;
  readonly #onState: (state: TransportState) => void;
  readonly #onPathChanged: () => void;
  readonly #context: TransportContext;
  readonly #paths = new PathSelection();
  readonly #checks = new CostLimit(CHECKS.perSecond, CHECKS.atOnce);
  readonly #strangersChecks = new CostLimit(CHECKS.perSecond, CHECKS.atOnce);
  #dtls: DtlsSession | null;
  #srtp: SrtpSession | null = null;
  /** Where the last packet of media went. */
  #sentOn: PeerPath | null = null;
  #state: TransportState = 'new';

  constructor(listeners: TransportListeners, context: TransportContext) {
    this.#context = context;
    this.local = {
      // RFC 8445, section 5.3: at least 24 and 128 bits.
      iceUfrag: randomBytes(6).toString('base64').replaceAll('=', ''),
      icePwd: randomBytes(24).toString('base64'),
      fingerprint: context.dtls.fingerprint,
      setup: 'passive',
      candidates: context.candidates,
    };
    this.#dtls = new DtlsSession(context.dtls, listeners.remote.fingerprint, {
      send: (datagram) => void this.#paths.selected?.send(datagram, datagram.length),
      onConnected: (keys) => this.#onKeys(keys),
      onFailed: () => this.#end('failed'),
      onClosed: () => this.#end('closed'),
    });
    this.#onPacket = guarded('onPacket', listeners.onPacket, listeners.onFault);
    this.#onState = guarded('onState', listeners.onState, listeners.onFault);
    this.#onPathChanged = guarded('onPathChanged', listeners.onPathChanged ?? (() => {}), listeners.onFault);
  }

  get state(): TransportState {
    return this.#state;
  }

  /**
   * Whether somebody who asks like this knows our password. False without a look when too many ask.
   * @param isKnown it comes over a path of ours: those who only know our fragment, which is read easily on the way,
   * then keep nobody from being answered
   */
  admits(check: BindingRequest, isKnown: boolean): boolean {
    const limit = isKnown ? this.#checks : this.#strangersChecks;
    return limit.allow(1, this.#context.now()) && check.isFrom(this.local.icePwd);
  }

  /** A genuine check has come over this path. */
  onCheck(path: PeerPath, nominates: boolean): void {
    const gone = this.#paths.onCheck(path, nominates, this.#context.now());
    if (gone.length > 0) this.#context.release(gone);
    if (this.#state === 'new') this.#report('connecting');
    else if (this.#state === 'disconnected') this.#report('connected');
  }

  /** A datagram that is no check has come over a path of ours (RFC 7983 tells what it is). */
  deliver(path: PeerPath, packet: PacketMemory, length: number): void {
    const first = packet.bytes[0] ?? 0;
    if (first >= 20 && first <= 63) this.#dtls?.receive(packet.bytes, length);
    else if (first >= 128 && first <= 191) this.#deliverMedia(path, packet, length);
  }

  /** Whether media comes over the path at present: then its address is this browser's, whoever else claims it. */
  uses(path: PeerPath): boolean {
    return this.#paths.isUsed(path, this.#context.now());
  }

  /** The path has ended by itself, or belongs to another transport now. */
  onPathClosed(path: PeerPath): void {
    this.#paths.remove(path);
  }

  /** To be called every 100 ms until it is connected. */
  shakeHands(): void {
    this.#dtls?.tick();
  }

  /** To be called every second or so. */
  watch(): void {
    if (this.#state !== 'connected') return;
    if (this.#context.now() - this.#paths.heardAt > SILENCE) this.#report('disconnected');
  }

  /**
   * Sends one RTP or RTCP packet, which is copied before the call returns.
   * False when it went nowhere: the transport is not connected (any more), or the packet is too large, or its number was
   * used already.
   * @param repeats see `SrtpSession.protect`
   */
  send(packet: Uint8Array, repeats = false): boolean {
    const path = this.#paths.selected;
    if (this.#state !== 'connected' || path === null || this.#srtp === null) return false;
    if (packet.length > MAX_PACKET) return false;
    if (path !== this.#sentOn) this.#takePath(path);
    outgoing.bytes.set(packet);
    const length = this.#srtp.protect(outgoing, packet.length, repeats);
    return length !== REFUSED && path.send(outgoing.view(length), length);
  }

  close(): void {
    this.#end('closed');
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #takePath(path: PeerPath): void {
    const isFirst = this.#sentOn === null;
    this.#sentOn = path;
    if (!isFirst) this.#onPathChanged();
  }

  #deliverMedia(path: PeerPath, packet: PacketMemory, length: number): void {
    const opened = this.#srtp?.unprotect(packet, length) ?? REFUSED;
    if (opened === REFUSED) return;
    this.#paths.onPacket(path, this.#context.now());
    if (this.#state === 'disconnected') this.#report('connected');
    // Who was told of it may have closed us.
    if (this.#srtp === null) return;
    this.#onPacket(Buffer.from(packet.bytes.subarray(0, opened)));
  }

  #onKeys(keys: SrtpKeys): void {
    this.#srtp = new SrtpSession(keys);
    this.#report('connected');
  }

  /** The end, once: whatever comes later finds nothing here. */
  #end(state: 'failed' | 'closed'): void {
    const dtls = this.#dtls;
    if (dtls === null) return;
    this.#dtls = null;
    dtls[Symbol.dispose]();
    this.#srtp?.[Symbol.dispose]();
    this.#srtp = null;
    this.#context.release(this.#paths.clear());
    this.#context.onClosed(this);
    this.#report(state);
  }

  #report(state: TransportState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#onState(state);
  }
}
