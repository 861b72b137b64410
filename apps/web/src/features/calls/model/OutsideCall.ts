import { newMeetingSecret, type Observable, State } from '@conclave/client';
import { sealToAnswer } from '@conclave/client/calls';
import { type CallId, MeetingId, OUTSIDE_CALL_ROUTES, type OutsideCallState } from '@conclave/protocol';
import { call } from '../../../api/call.ts';

export type OutsideView =
  | { readonly name: 'ready' }
  | { readonly name: 'ringing' | 'connecting' | 'unanswered' | 'declined' }
  | { readonly name: 'failed'; readonly error: unknown };

type Way = (meetingId: string, passcode: string, invitation: string) => void;

/** A contact from outside calls by their link. One call at a time; what was given up says nothing more. */
export class OutsideCall implements Disposable {
  readonly #secret: string;
  readonly #onConnected: Way;
  readonly #state = new State<OutsideView>({ name: 'ready' });
  #turn = 0;
  #ringing: { readonly id: CallId; readonly token: string } | null = null;

  constructor(secret: string, onConnected: Way) {
    this.#secret = secret;
    this.#onConnected = onConnected;
  }

  get state(): Observable<OutsideView> {
    return this.#state;
  }

  async ring(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#state.set({ name: 'ringing' });
    try {
      const { callId, token } = await call(OUTSIDE_CALL_ROUTES.ringByLink, {
        body: { secret: this.#secret },
      });
      this.#ringing = { id: callId, token };
      if (turn !== this.#turn) return this.#cancel();
      await this.#follow(turn, callId, token);
    } catch (error) {
      if (turn === this.#turn) this.#over({ name: 'failed', error });
    }
  }

  hangUp(): void {
    this.#turn += 1;
    this.#cancel();
    this.#state.set({ name: 'ready' });
  }

  [Symbol.dispose](): void {
    this.#turn += 1;
    this.#cancel();
  }

  async #follow(turn: number, id: CallId, token: string): Promise<void> {
    for (let after: 'ringing' | 'answered' = 'ringing'; turn === this.#turn; ) {
      const now: OutsideCallState = await call(OUTSIDE_CALL_ROUTES.awaitOutsideCall, {
        params: { id },
        body: { token, after },
      });
      if (turn !== this.#turn) return;
      if (now.state === 'over')
        return this.#over({ name: now.how === 'declined' ? 'declined' : 'unanswered' });
      if (now.state === 'answered' && after === 'ringing') {
        this.#state.set({ name: 'connecting' });
        return await this.#give(turn, id, token, now);
      }
      after = now.state;
    }
  }

  async #give(
    turn: number,
    id: CallId,
    token: string,
    { by, answer }: Extract<OutsideCallState, { state: 'answered' }>,
  ): Promise<void> {
    const { id: meetingId, passcode, verifier } = await newMeetingSecret();
    const sealed = await sealToAnswer({ callId: id, by, meetingId }, answer, passcode);
    if (turn !== this.#turn) return;
    const body = { token, meetingId: MeetingId.parse(meetingId), verifier, sealed };
    const { invitation } = await call(OUTSIDE_CALL_ROUTES.giveOutsideSecret, { params: { id }, body });
    if (turn !== this.#turn) return;
    this.#ringing = null;
    this.#onConnected(meetingId, passcode, invitation);
  }

  #over(view: OutsideView): void {
    this.#ringing = null;
    this.#state.set(view);
  }

  #cancel(): void {
    const ringing = this.#ringing;
    this.#ringing = null;
    if (ringing === null) return;
    const { id, token } = ringing;
    void call(OUTSIDE_CALL_ROUTES.cancelOutsideCall, { params: { id }, body: { token } }).catch(() => {});
  }
}
