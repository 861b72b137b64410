import { Pulse } from '../timing/Pulse.ts';
import { DtlsContext } from './dtls/DtlsContext.ts';
import { type FaultListener, guarded } from './guard.ts';
import { type BindingRequest, readBindingRequest } from './ice/bindingRequest.ts';
import { writeBindingSuccess, writeRoleConflict } from './ice/bindingResponse.ts';
import { hostCandidates } from './ice/hostCandidates.ts';
import { MediaTransport, type TransportListeners } from './MediaTransport.ts';
import type { PacketMemory } from './native/PacketMemory.ts';
import type { PeerPath } from './PeerPath.ts';
import type { HostCandidate } from './parameters.ts';
import type { SrtpProfile } from './srtp/profiles.ts';
import type { IceTcpConnection, TcpReceiver } from './tcp/IceTcpConnection.ts';
import { IceTcpListener } from './tcp/IceTcpListener.ts';
import { openUdpPort } from './udp/openUdpPort.ts';
import { type SocketAddress, unmapped } from './udp/SocketAddress.ts';
import { UdpPath } from './udp/UdpPath.ts';
import type { DatagramSource, UdpPort } from './udp/UdpPort.ts';

export interface MediaEndpointOptions {
  readonly udpPort: number;
  /** For ICE-TCP; none without it. */
  readonly tcpPort?: number | undefined;
  /** Every address of this machine when it is absent. */
  readonly bindAddress?: string | undefined;
  /** Of SRTP, most wished for first; all that we know when they are not said. */
  readonly srtpProfiles?: readonly SrtpProfile[] | undefined;
  readonly onFault: FaultListener;
}

/** What could not be had. */
export class PortUnavailableError extends Error {
  override readonly name = 'PortUnavailableError';
}

/** What handshakes wait for is sent again by this clock, ms; silence is looked at every tenth time. */
const TICK = 100;
const WATCH = 10;
/** RFC 7983: STUN is what begins with less. */
const FIRST_OTHER = 4;

/**
 * The ports of a worker: one for UDP, which all its transports share, and one for ICE-TCP. What comes is told apart by
 * its first byte and its source; from a source that has shown no genuine check nothing but checks is read, and a check
 * that is not genuine is neither answered nor remembered.
 */
export class MediaEndpoint implements Disposable, TcpReceiver {
  readonly #options: MediaEndpointOptions;
  readonly #dtls: DtlsContext;
  /** By their user name fragments. */
  readonly #transports = new Map<string, MediaTransport>();
  readonly #handshaking = new Set<MediaTransport>();
  /** By source. */
  readonly #udpPaths = new Map<string, UdpPath>();
  readonly #tcpPaths = new Map<IceTcpConnection, MediaTransport>();
  readonly #pulse: Pulse;
  #udp: UdpPort | null = null;
  #tcp: IceTcpListener | null = null;
  #ticks = 0;

  private constructor(options: MediaEndpointOptions) {
    this.#options = options;
    this.#dtls = new DtlsContext(options.srtpProfiles);
    this.#pulse = new Pulse(
      TICK,
      guarded('tick', () => this.#tick(), options.onFault),
    );
  }

  /** Holds the ports from now on. Rejects with PortUnavailableError. */
  static async open(options: MediaEndpointOptions): Promise<MediaEndpoint> {
    const endpoint = new MediaEndpoint(options);
    try {
      await endpoint.#listen();
      return endpoint;
    } catch (error) {
      endpoint[Symbol.dispose]();
      throw error;
    }
  }

  /** A transport to one browser, which waits for that browser's checks. */
  openTransport(listeners: TransportListeners): MediaTransport {
    const transport = new MediaTransport(listeners, {
      dtls: this.#dtls,
      candidates: this.#candidates(),
      now: () => performance.now(),
      release: (paths) => this.#release(paths),
      onClosed: (closed) => this.#forget(closed),
    });
    this.#transports.set(transport.local.iceUfrag, transport);
    this.#handshaking.add(transport);
    return transport;
  }

  [Symbol.dispose](): void {
    this.#pulse[Symbol.dispose]();
    for (const transport of [...this.#transports.values()]) transport.close();
    this.#udp?.[Symbol.dispose]();
    this.#tcp?.[Symbol.dispose]();
    this.#dtls[Symbol.dispose]();
  }

  admit(connection: IceTcpConnection, packet: Buffer): boolean {
    const { source } = connection;
    const found = this.#readCheck(packet, undefined);
    if (found === null || source === null) return false;
    if (!this.#answer(found, connection, source) || !this.#isLiving(found.transport)) return false;
    this.#tcpPaths.set(connection, found.transport);
    return true;
  }

  deliver(connection: IceTcpConnection, packet: PacketMemory, length: number): void {
    const transport = this.#tcpPaths.get(connection);
    if (transport === undefined) return;
    if ((packet.bytes[0] ?? 0) >= FIRST_OTHER) {
      transport.deliver(connection, packet, length);
      return;
    }
    const { source } = connection;
    const found = this.#readCheck(packet.bytes.subarray(0, length), transport);
    if (found?.transport === transport && source !== null) this.#answer(found, connection, source);
  }

  onClosed(connection: IceTcpConnection): void {
    this.#tcpPaths.get(connection)?.onPathClosed(connection);
    this.#tcpPaths.delete(connection);
  }

  async #listen(): Promise<void> {
    const { udpPort, tcpPort, bindAddress, onFault } = this.#options;
    const onDatagram = guarded(
      'datagram',
      (packet: PacketMemory, length: number, source: DatagramSource) =>
        this.#onDatagram(packet, length, source),
      onFault,
    );
    this.#udp = await openUdpPort({ port: udpPort, bindAddress, onDatagram }).catch((cause: unknown) => {
      throw new PortUnavailableError(`UDP port ${udpPort} cannot be had.`, { cause });
    });
    if (tcpPort === undefined) return;
    this.#tcp = await IceTcpListener.open({ tcpPort, bindAddress, receiver: this, onFault }).catch(
      (cause: unknown) => {
        throw new PortUnavailableError(`TCP port ${tcpPort} cannot be had.`, { cause });
      },
    );
  }

  #candidates(): HostCandidate[] {
    const { udpPort, bindAddress } = this.#options;
    return hostCandidates(udpPort, bindAddress);
  }

  #onDatagram(packet: PacketMemory, length: number, source: DatagramSource): void {
    if ((packet.bytes[0] ?? 0) < FIRST_OTHER) {
      this.#onUdpCheck(packet.bytes.subarray(0, length), source);
      return;
    }
    const path = this.#udpPaths.get(source.key);
    path?.transport.deliver(path, packet, length);
  }

  #onUdpCheck(bytes: Buffer, source: DatagramSource): void {
    const { key } = source;
    const known = this.#udpPaths.get(key);
    const found = this.#readCheck(bytes, known?.transport);
    if (found === null || this.#udp === null) return;
    if (known !== undefined && known.transport === found.transport) {
      this.#answer(found, known, known.address);
      return;
    }
    // Whoever can send in another's name takes nothing away from him by that.
    if (known?.transport.uses(known)) return;
    const path = new UdpPath(this.#udp, source.peer(), key, found.transport);
    if (!this.#answer(found, path, path.address) || !this.#isLiving(found.transport)) return;
    // A browser's next transport, or another browser behind the same NAT, may come from the same address.
    known?.transport.onPathClosed(known);
    this.#udpPaths.set(key, path);
  }

  /** Whoever was told of its state may have closed it. */
  #isLiving(transport: MediaTransport): boolean {
    return this.#transports.get(transport.local.iceUfrag) === transport;
  }

  /**
   * Of a living transport, with its password.
   * @param owner of the path that it comes over
   */
  #readCheck(
    bytes: Buffer,
    owner: MediaTransport | undefined,
  ): { check: BindingRequest; transport: MediaTransport } | null {
    const check = readBindingRequest(bytes);
    const transport = check === null ? undefined : this.#transports.get(check.ufrag);
    if (check === null || !transport?.admits(check, transport === owner)) return null;
    return { check, transport };
  }

  /** False: the other end has to take the other role first. */
  #answer(
    { check, transport }: { check: BindingRequest; transport: MediaTransport },
    path: PeerPath,
    source: SocketAddress,
  ): boolean {
    const { icePwd } = transport.local;
    const conflict = check.isControlled;
    const mapped = { address: unmapped(source), port: source.port };
    const answer = conflict
      ? writeRoleConflict(check.transactionId, icePwd)
      : writeBindingSuccess(check.transactionId, mapped, icePwd);
    path.send(answer, answer.length);
    if (!conflict) transport.onCheck(path, check.nominates);
    return !conflict;
  }

  #release(paths: readonly PeerPath[]): void {
    for (const path of paths) {
      if (path instanceof UdpPath && this.#udpPaths.get(path.key) === path) this.#udpPaths.delete(path.key);
      path.close();
    }
  }

  #forget(transport: MediaTransport): void {
    this.#transports.delete(transport.local.iceUfrag);
    this.#handshaking.delete(transport);
  }

  #tick(): void {
    for (const transport of this.#handshaking) {
      transport.shakeHands();
      if (transport.state === 'connected') this.#handshaking.delete(transport);
    }
    this.#ticks += 1;
    if (this.#ticks % WATCH !== 0) return;
    for (const transport of this.#transports.values()) transport.watch();
  }
}
