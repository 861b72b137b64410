import { newMeetingSecret, type Observable, State } from '@conclave/client';
import { answerCall, isStrangeAnswer, type OwnAnswer, sealToAnswer } from '@conclave/client/calls';
import {
  CALL_ROUTES,
  type CallChannelMessage,
  type CallId,
  type IncomingCall,
  MeetingId,
  type QuietTime,
} from '@conclave/protocol';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { CallChannel, type ChannelParts } from './CallChannel.ts';

/** Somebody who is called. */
export interface Callee {
  readonly accountId: string;
  readonly name: string;
}

/**
 * `unanswered` whatever the reason: nobody is told more. `strange`: answered by a device that this browser does not know as
 * theirs; nothing goes there before the caller says so.
 */
export type OutgoingState = 'ringing' | 'connecting' | 'strange' | 'unanswered' | 'declined' | 'failed';
export interface Outgoing {
  readonly to: Callee;
  readonly state: OutgoingState;
  /** Why it could not even ring. */
  readonly error: unknown;
}

export interface CallsView {
  /** Null until the service has said so. */
  readonly calls: 'contacts' | 'organisation' | 'off' | null;
  readonly quiet: QuietTime;
  readonly missed: number;
  /** Those that ring, the first one first. */
  readonly incoming: readonly IncomingCall[];
  /** The one that was answered here and is being connected. */
  readonly answering: IncomingCall | null;
  readonly outgoing: Outgoing | null;
}

export interface CentreParts {
  readonly accountId: string;
  /** The way in is known. */
  readonly onConnected: (meetingId: string, passcode: string) => void;
  /** A ring that was heard here is over, other than by what was done here. */
  readonly onOver: (call: IncomingCall, how: 'answered' | 'missed' | 'failed') => void;
  readonly openChannel?: (parts: ChannelParts) => Disposable;
  readonly isStrange?: typeof isStrangeAnswer;
}

/** Calls of whoever is signed in on this page: those that ring, and the one that is being made. */
export class CallCentre implements Disposable {
  readonly #parts: CentreParts;
  readonly #channel: Disposable;
  readonly #state = new State<CallsView>({
    calls: null,
    quiet: null,
    missed: 0,
    incoming: [],
    answering: null,
    outgoing: null,
  });
  #ringing: CallId | null = null;
  /** What was asked for last: an answer to what came before it is too late. */
  #turn = 0;
  #answer: OwnAnswer | null = null;
  #goOn: () => void = () => {};

  constructor(parts: CentreParts) {
    this.#parts = parts;
    const open = parts.openChannel ?? ((given: ChannelParts) => new CallChannel(given));
    this.#channel = open({ onMessage: (message) => this.#hear(message), onOpen: () => {} });
  }

  get state(): Observable<CallsView> {
    return this.#state;
  }

  async ring(to: Callee): Promise<void> {
    if (this.#state.get().outgoing?.state === 'ringing') return;
    const turn = this.#begin();
    this.#set({ outgoing: { to, state: 'ringing', error: null } });
    try {
      const { callId } = await call(CALL_ROUTES.ring, { body: { accountId: to.accountId } });
      // Otherwise given up before it was known by which name to give it up.
      if (turn === this.#turn) this.#ringing = callId;
      else void cancel(callId);
    } catch (error) {
      if (turn === this.#turn) this.#set({ outgoing: { to, state: 'failed', error } });
    }
  }

  /** Gives up, or puts away what is over. */
  hangUp(): void {
    const ringing = this.#ringing;
    this.#begin();
    this.#set({ outgoing: null });
    if (ringing !== null) void cancel(ringing);
  }

  /** The strange device may be theirs. */
  trust(): void {
    this.#goOn();
  }

  /** @throws RequestError when somebody else was first, or it is over */
  async answer(incoming: IncomingCall): Promise<void> {
    // One is in one call at a time.
    if (this.#state.get().outgoing !== null) this.hangUp();
    this.#set({ answering: incoming });
    try {
      const made = await answerCall(incoming.callId, this.#parts.accountId);
      this.#answer = made;
      await call(CALL_ROUTES.answerCall, { params: { id: incoming.callId }, body: made.answer });
    } catch (error) {
      this.#set({ answering: null });
      this.#drop(incoming.callId);
      throw RequestError.of(error);
    }
  }

  async decline({ callId }: IncomingCall): Promise<void> {
    this.#drop(callId);
    // Whatever it is by now, it rings here no more.
    await call(CALL_ROUTES.declineCall, { params: { id: callId } }).catch(() => {});
  }

  /** Another page of ours has looked at the missed calls. */
  async seen(): Promise<void> {
    if (this.#state.get().missed > 0) await call(CALL_ROUTES.markMissedCalls);
  }

  /** The page goes: whoever is called is not left ringing. */
  [Symbol.dispose](): void {
    this.hangUp();
    this.#channel[Symbol.dispose]();
  }

  #begin(): number {
    this.#ringing = null;
    // Whatever was asked about before is over.
    this.#goOn = () => {};
    this.#turn += 1;
    return this.#turn;
  }

  #hear(message: CallChannelMessage): void {
    switch (message.type) {
      case 'state': {
        const { calls, quiet, missed, incoming } = message;
        this.#set({ calls, quiet, missed, incoming });
        break;
      }
      case 'over':
        this.#over(message);
        break;
      case 'answered':
        void this.#give(message);
        break;
      case 'ended':
        this.#ended(message);
        break;
      case 'secret':
        void this.#enter(message);
        break;
      case 'ping':
        break;
    }
  }

  #over({ callId, how, here }: Extract<CallChannelMessage, { type: 'over' }>): void {
    const { incoming, answering } = this.#state.get();
    if (answering?.callId === callId && here) {
      if (how === 'answered' || how === 'connected') return;
      this.#set({ answering: null });
      this.#parts.onOver(answering, 'failed');
      return;
    }
    const rung = incoming.find((one) => one.callId === callId);
    this.#drop(callId);
    if (rung === undefined) return;
    if (how === 'answered' && !here) this.#parts.onOver(rung, 'answered');
    if (how === 'missed' || how === 'cancelled') this.#parts.onOver(rung, 'missed');
  }

  /** Somebody has answered: a meeting is made up, and its passcode sealed to them. */
  async #give({ callId, by, answer }: Extract<CallChannelMessage, { type: 'answered' }>): Promise<void> {
    const { outgoing } = this.#state.get();
    // Another page of this browser has made the call.
    if (outgoing === null || callId !== this.#ringing) return;
    const turn = this.#turn;
    this.#set({ outgoing: { ...outgoing, state: 'connecting' } });
    try {
      const callee = { accountId: by, name: outgoing.to.name };
      if (await (this.#parts.isStrange ?? isStrangeAnswer)(callee, answer)) {
        if (turn !== this.#turn) return;
        this.#set({ outgoing: { ...outgoing, state: 'strange' } });
        await new Promise<void>((resolve) => {
          this.#goOn = resolve;
        });
        this.#set({ outgoing: { ...outgoing, state: 'connecting' } });
      }
      const { id, passcode, verifier } = await newMeetingSecret();
      if (turn !== this.#turn) return;
      const sealed = await sealToAnswer({ callId, by, meetingId: id }, answer, passcode);
      if (turn !== this.#turn) return;
      const body = { meetingId: MeetingId.parse(id), verifier, sealed };
      await call(CALL_ROUTES.giveCallSecret, { params: { id: callId }, body });
      if (turn !== this.#turn) return;
      this.#begin();
      this.#set({ outgoing: null });
      this.#parts.onConnected(id, passcode);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#begin();
      this.#set({ outgoing: { ...outgoing, state: 'failed', error } });
      void cancel(callId);
    }
  }

  #ended({ callId, how }: Extract<CallChannelMessage, { type: 'ended' }>): void {
    const { outgoing } = this.#state.get();
    if (outgoing === null || callId !== this.#ringing || how === 'connected') return;
    this.#begin();
    const state = how === 'declined' || how === 'failed' ? how : 'unanswered';
    this.#set({ outgoing: { ...outgoing, state } });
  }

  async #enter({
    callId,
    meetingId,
    sealed,
  }: Extract<CallChannelMessage, { type: 'secret' }>): Promise<void> {
    const { answering } = this.#state.get();
    // Another page of this browser has answered, and has the key.
    if (answering?.callId !== callId || this.#answer === null) return;
    const answer = this.#answer;
    this.#answer = null;
    try {
      const passcode = await answer.open(meetingId, sealed);
      this.#set({ answering: null });
      this.#parts.onConnected(meetingId, passcode);
    } catch {
      this.#set({ answering: null });
      this.#parts.onOver(answering, 'failed');
    }
  }

  #drop(callId: string): void {
    this.#set({ incoming: this.#state.get().incoming.filter((one) => one.callId !== callId) });
  }

  #set(change: Partial<CallsView>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

async function cancel(id: CallId): Promise<void> {
  await call(CALL_ROUTES.cancelCall, { params: { id } }).catch(() => {});
}
