import type { Bytes } from '../../bytes.ts';
import type { GroupMember } from '../../mls/index.ts';
import type { ExchangePorts, RoomCodeExchange, RoomOfCode } from './RoomCodeExchange.ts';
import type { RoomCodeView } from './view.ts';

/** Messages that wait for the script: whoever floods us meanwhile gains nothing. */
const mostWaiting = 200;

/** `RoomCodeExchange`, fetched when the first of all asks for a code: nobody waits for its script to join. */
export class LateRoomCode {
  readonly #ports: ExchangePorts;
  #exchange: RoomCodeExchange | null = null;
  #room: RoomOfCode | null = null;
  #watching = false;
  #waiting: (() => void)[] | null = null;

  constructor(ports: ExchangePorts) {
    this.#ports = ports;
  }

  enter(room: RoomOfCode): void {
    this.#room = room;
    this.#exchange?.enter(room);
  }

  leave(): void {
    this.#room = null;
    this.#exchange?.leave();
  }

  watch(watching: boolean): void {
    this.#watching = watching;
    if (this.#exchange !== null) this.#exchange.watch(watching);
    else if (watching) this.#load();
  }

  receive(epoch: number, sender: GroupMember, message: Bytes): void {
    if (this.#exchange !== null) {
      this.#exchange.receive(epoch, sender, message);
      return;
    }
    this.#load();
    if (this.#waiting !== null && this.#waiting.length < mostWaiting)
      this.#waiting.push(() => this.#exchange?.receive(epoch, sender, message));
  }

  /** The epoch whose code is there. */
  get knownIn(): number | null {
    return this.#exchange?.knownIn ?? null;
  }

  view(): RoomCodeView {
    if (this.#exchange !== null) return this.#exchange.view();
    return this.#room?.members.length === 1 ? { name: 'alone' } : { name: 'none' };
  }

  #load(): void {
    if (this.#waiting !== null) return;
    this.#waiting = [];
    import('./RoomCodeExchange.ts').then(
      ({ RoomCodeExchange: Loaded }) => this.#begin(new Loaded(this.#ports)),
      // Whoever looks asks again, and so do we.
      () => {
        this.#waiting = null;
      },
    );
  }

  #begin(exchange: RoomCodeExchange): void {
    this.#exchange = exchange;
    if (this.#room !== null) exchange.enter(this.#room);
    for (const step of this.#waiting?.splice(0) ?? []) step();
    if (this.#watching) exchange.watch(true);
    this.#ports.changed();
  }
}
