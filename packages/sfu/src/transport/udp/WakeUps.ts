import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { Pulse } from '../../timing/Pulse.ts';
import { closeSocket, duplicate, keepForUs } from './linuxSocket.ts';
import { PollingPace } from './PollingPace.ts';

export interface WakeUpPorts {
  /** One that Node has read already. More may have come with it. */
  readonly onDatagram: (datagram: Buffer, from: RemoteInfo) => void;
  /** @returns how many were taken */
  readonly takeAll: () => number;
}

/** Between two looks while it is busy, ms. */
const PERIOD = 1;

/**
 * Tells when datagrams have come to a socket, as network drivers do it (Linux's NAPI): while few come, each wakes us;
 * while many come we look every millisecond, which costs less than to be woken, and takes many at once. Node has no
 * way to wait for a descriptor but to read from it, so it is given another one of the same socket while it is to wait.
 */
export class WakeUps implements Disposable {
  readonly #descriptor: number;
  readonly #type: 'udp4' | 'udp6';
  readonly #ports: WakeUpPorts;
  readonly #pace = new PollingPace();
  #waiting: Socket | null = null;
  #looking: Pulse | null = null;
  #isEnded = false;

  constructor(descriptor: number, type: 'udp4' | 'udp6', ports: WakeUpPorts) {
    this.#descriptor = descriptor;
    this.#type = type;
    this.#ports = ports;
    this.#wait();
  }

  [Symbol.dispose](): void {
    this.#isEnded = true;
    this.#stop();
  }

  #wait(): void {
    const socket = createSocket(this.#type);
    // An address that cannot be reached at the moment, for one: the others can.
    socket.on('error', () => {});
    socket.on('message', (datagram, from) => {
      this.#ports.onDatagram(datagram, from);
      // Some that Node read before it heard of the end.
      if (this.#waiting !== socket) return;
      const found = 1 + this.#ports.takeAll();
      if (this.#waiting === socket && this.#pace.onWakeUp(found, performance.now())) this.#look();
    });
    const fd = duplicate(this.#descriptor);
    try {
      socket.bind({ fd, exclusive: true });
    } catch (error) {
      closeSocket(fd);
      throw error;
    }
    keepForUs(fd);
    this.#waiting = socket;
  }

  #look(): void {
    this.#stop();
    this.#looking = new Pulse(PERIOD, () => {
      if (!this.#pace.onLook(this.#ports.takeAll(), performance.now()) && this.#tryToWait())
        this.#stopLooking();
    });
  }

  /** False when the system has no descriptor to give: then looking goes on. */
  #tryToWait(): boolean {
    if (this.#isEnded) return false;
    try {
      this.#wait();
      return true;
    } catch {
      return false;
    }
  }

  #stop(): void {
    this.#waiting?.close();
    this.#waiting = null;
    this.#stopLooking();
  }

  #stopLooking(): void {
    this.#looking?.[Symbol.dispose]();
    this.#looking = null;
  }
}
