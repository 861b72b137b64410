import { ConclaveError, MeetingId, ParticipantId } from '@conclave/protocol';
import type { Devices } from '../devices/types.ts';
import { Listeners } from '../listeners.ts';
import type { Meeting } from '../meeting/types.ts';
import { type Observable, State } from '../observable.ts';
import { type ClientRequest, type Signal, SignalClosed } from '../signalling/Signal.ts';
import type { KnownBreakout } from './knownBreakout.ts';
import type { BreakoutNotice, BreakoutsState, MeetingBreakouts, RoomsToOpen } from './types.ts';

/** Between being asked into a room and going there. */
export const GOES_AFTER_MS = 5_000;

export interface BreakoutsPorts {
  readonly devices: Pick<Devices, 'state' | 'turnOffMicrophone'>;
  /** Makes a stay in a room, not joined yet. @param ticket asked for when it is needed, on the meeting's socket */
  makeStay(roomId: string, ticket: () => Promise<string>): Meeting;
  /** ms since 1970. */
  now(): number;
}

/** What the meeting knows. */
export interface BreakoutNews {
  readonly rooms: KnownBreakout | null;
  /** The room that the server has us in. */
  readonly inRoom: string | null;
}

const none: BreakoutsState = { rooms: null, visit: null, asked: null };

/** One's own way between a meeting and its breakout rooms: at most one room at a time, and what hosts do with them. */
export class Breakouts implements MeetingBreakouts, Disposable {
  readonly #state = new State<BreakoutsState>(none);
  readonly #notices = new Listeners<BreakoutNotice>();
  readonly #ports: BreakoutsPorts;
  #signal: Signal | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopVisit: () => void = () => {};
  /** To where one was asked last: asked once, one goes by oneself once. */
  #lastOwn: string | null = null;
  /** Since this page was loaded. */
  #hasVisited = false;
  /** The present visit has got as far as into the room. */
  #hasBeenInside = false;
  #disposed = false;

  constructor(ports: BreakoutsPorts) {
    this.#ports = ports;
  }

  get state(): Observable<BreakoutsState> {
    return this.#state;
  }

  setSignal(signal: Signal | null): void {
    this.#signal = signal;
  }

  onNotice(listener: (notice: BreakoutNotice) => void): () => void {
    return this.#notices.add(listener);
  }

  /** The meeting has heard something. */
  follow({ rooms, inRoom }: BreakoutNews): void {
    if (this.#disposed || (rooms === this.#state.get().rooms && inRoom === null)) return;
    this.#state.update({ rooms });
    const own = rooms === null || rooms.choice ? null : rooms.own;
    const isNew = own !== this.#lastOwn;
    this.#lastOwn = own;
    // After a reload: we never left it.
    if (inRoom !== null && !this.#hasVisited) this.#enter(inRoom);
    else if (isNew) this.#asked(own);
  }

  async open({ names, choice, assigned, minutes }: RoomsToOpen): Promise<void> {
    const toIds = assigned.map(({ participantId, room }) => ({
      participantId: ParticipantId.parse(participantId),
      room,
    }));
    await this.#moderate({ action: 'open-rooms', names: [...names], choice, assigned: toIds, minutes });
  }

  async assign(participantId: string, roomId: string | null): Promise<void> {
    await this.#moderate({
      action: 'assign-room',
      participantId: ParticipantId.parse(participantId),
      roomId: roomId === null ? null : MeetingId.parse(roomId),
    });
  }

  async setTime(minutes: number | null): Promise<void> {
    await this.#moderate({ action: 'time-rooms', minutes });
  }

  async close(now: boolean): Promise<void> {
    await this.#moderate({ action: 'close-rooms', now });
  }

  go(roomId: string): void {
    if (this.#state.get().visit?.roomId !== roomId) this.#enter(roomId);
  }

  async back(): Promise<void> {
    this.#endVisit();
    await this.#request({ type: 'breakout-leave' });
  }

  async askHelp(asked: boolean): Promise<void> {
    await this.#request({ type: 'breakout-help', asked });
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#signal = null;
    this.#endVisit();
    this.#cancelAsked();
    this.#notices.clear();
    this.#state.set(none);
  }

  #asked(own: string | null): void {
    this.#cancelAsked();
    if (own === null || own === this.#state.get().visit?.roomId) return;
    this.#state.update({ asked: { roomId: own, goesAt: this.#ports.now() + GOES_AFTER_MS } });
    this.#timer = setTimeout(() => {
      this.#brought();
      this.#enter(own);
    }, GOES_AFTER_MS);
  }

  #cancelAsked(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#state.get().asked !== null) this.#state.update({ asked: null });
  }

  #enter(roomId: string): void {
    this.#endVisit();
    this.#cancelAsked();
    this.#hasVisited = true;
    this.#hasBeenInside = false;
    const meeting = this.#ports.makeStay(roomId, () => this.#ticketFor(roomId));
    this.#stopVisit = meeting.state.subscribe(() => this.#visitChanged(meeting));
    this.#state.update({ visit: { roomId, meeting } });
    void meeting.join();
  }

  #visitChanged(meeting: Meeting): void {
    const { phase } = meeting.state.get();
    if (this.#state.get().visit?.meeting !== meeting) return;
    if (phase.name === 'joined') this.#hasBeenInside = true;
    if (phase.name !== 'left' && phase.name !== 'failed') return;
    this.#endVisit();
    if (phase.name === 'failed') {
      this.#notices.emit({ type: 'failed', code: phase.code });
      if (!this.#hasBeenInside) return;
      // The server still has us in there: what we see is the meeting.
      this.#request({ type: 'breakout-leave' }).catch(() => {});
    }
    this.#brought();
  }

  /** Nobody is heard by others than those whom they spoke to, unless they go to them themselves. */
  #brought(): void {
    const muted = this.#ports.devices.state.get().microphone.on;
    this.#ports.devices.turnOffMicrophone();
    this.#notices.emit({ type: 'brought', muted });
  }

  #endVisit(): void {
    const { visit } = this.#state.get();
    this.#stopVisit();
    this.#stopVisit = () => {};
    if (visit === null) return;
    this.#state.update({ visit: null });
    void visit.meeting[Symbol.asyncDispose]();
  }

  async #ticketFor(roomId: string): Promise<string> {
    const answer = await this.#request({ type: 'breakout-ticket', roomId: MeetingId.parse(roomId) });
    if (answer.type !== 'breakout-ticket') throw new ConclaveError('server.internal');
    return answer.ticket;
  }

  async #moderate(moderation: Extract<ClientRequest, { type: 'moderate' }>['moderation']): Promise<void> {
    await this.#request({ type: 'moderate', moderation });
  }

  async #request(message: ClientRequest) {
    if (this.#signal === null) throw new SignalClosed(1006);
    return await this.#signal.request(message);
  }
}
