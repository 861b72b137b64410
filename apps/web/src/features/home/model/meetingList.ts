import { newMeetingSecret, newPasscode, type Observable, State } from '@conclave/client';
import { type CreateMeeting, MEETING_ROUTES, type Meeting, type MeetingChoices } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import type { PasscodeStore } from './passcodes.ts';

export type MeetingsState =
  | { readonly name: 'loading' }
  | { readonly name: 'ready'; readonly meetings: readonly Meeting[] }
  | { readonly name: 'failed'; readonly error: unknown };

/** The meetings of the account, the last used first. Every method throws RequestError when the server refuses. */
export class MeetingList {
  readonly #state = new State<MeetingsState>({ name: 'loading' });
  readonly #passcodes: PasscodeStore;
  readonly #onSignedOut: () => void;

  constructor(passcodes: PasscodeStore, onSignedOut: () => void = () => {}) {
    this.#passcodes = passcodes;
    this.#onSignedOut = onSignedOut;
  }

  get state(): Observable<MeetingsState> {
    return this.#state;
  }

  async load(): Promise<void> {
    try {
      const { meetings } = await call(MEETING_ROUTES.listMeetings);
      this.#state.set({ name: 'ready', meetings: ordered(meetings) });
    } catch (error) {
      if (RequestError.of(error).code === 'auth.required') return this.#onSignedOut();
      // What is on show stays on show: a list that is a minute old is better than none.
      if (this.#state.get().name !== 'ready') this.#state.set({ name: 'failed', error });
    }
  }

  async make(): Promise<{ readonly id: string; readonly passcode: string }> {
    const { meeting, passcode } = await makeMeeting(this.#passcodes, { title: null });
    this.#replace(meeting);
    return { id: meeting.id, passcode };
  }

  /** @param choices all of them: what is not among them is as the organisation has it */
  async choose(id: string, choices: MeetingChoices): Promise<void> {
    this.#replace(await call(MEETING_ROUTES.changeMeeting, { params: { id }, body: { choices } }));
  }

  async renewPasscode(id: string): Promise<void> {
    const { passcode, verifier } = await newPasscode(id);
    this.#replace(await call(MEETING_ROUTES.changeMeeting, { params: { id }, body: { verifier } }));
    this.#passcodes.set(id, passcode);
  }

  async delete(id: string): Promise<void> {
    await call(MEETING_ROUTES.deleteMeeting, { params: { id } });
    this.#passcodes.delete(id);
    this.#change((meetings) => meetings.filter((meeting) => meeting.id !== id));
  }

  #replace(changed: Meeting): void {
    this.#change((meetings) => [changed, ...meetings.filter(({ id }) => id !== changed.id)]);
  }

  #change(change: (meetings: readonly Meeting[]) => readonly Meeting[]): void {
    const state = this.#state.get();
    if (state.name === 'ready') this.#state.set({ name: 'ready', meetings: ordered(change(state.meetings)) });
  }
}

export type NewMeeting = Pick<z.input<typeof CreateMeeting>, 'title' | 'schedule' | 'choices'>;

/** Id and passcode are made here; the server is told only the id and the passcode's verifier. @throws RequestError */
export async function makeMeeting(
  passcodes: PasscodeStore,
  given: NewMeeting,
): Promise<{ readonly meeting: Meeting; readonly passcode: string }> {
  const { id, passcode, verifier } = await newMeetingSecret();
  const meeting = await call(MEETING_ROUTES.createMeeting, { body: { id, verifier, ...given } });
  passcodes.set(id, passcode);
  return { meeting, passcode };
}

/** Those that are on or to come, the next one first; those of a co-host among them. */
export function coming(meetings: readonly Meeting[]): readonly Meeting[] {
  const start = ({ next }: Meeting) => (next === null ? 0 : Date.parse(next.start));
  return meetings
    .filter(({ next }) => next !== null)
    .sort((a, b) => start(a) - start(b) || a.id.localeCompare(b.id));
}

/** The last used first; one that was never used counts from when it was made. */
export function ordered(meetings: readonly Meeting[]): readonly Meeting[] {
  const used = (meeting: Meeting) => Date.parse(meeting.lastUsedAt ?? meeting.createdAt);
  return [...meetings].sort((a, b) => used(b) - used(a) || a.id.localeCompare(b.id));
}
