import {
  createDevices,
  createMeeting,
  type Devices,
  type Identity,
  type Meeting,
  type MeetingPhase,
  type Observable,
  parsePasscode,
  State,
} from '@conclave/client';
import type { LeaveReason } from '@conclave/protocol';
import { openWorker } from '../../../encryption/openWorker.ts';
import { i18next } from '../../../i18n/i18n.ts';
import { type Remembered, TabMemory } from './tabMemory.ts';

export type FailureCode = Extract<MeetingPhase, { name: 'failed' }>['code'];

/**
 * A page that was away for longer was not reloaded but found again: a restored tab, the button "forward". Nobody
 * expects to be seen and heard then. ms.
 */
const reloadMs = 60_000;

/**
 * ASKING → BEFORE → INSIDE (⇄ WAITING) → LEFT | FAILED, and from those two back to BEFORE. A wrong passcode leads to ASKING.
 */
export type VisitState =
  | { readonly name: 'asking-passcode'; readonly wrong: boolean }
  | { readonly name: 'before'; readonly meeting: Meeting }
  | {
      readonly name: 'inside';
      readonly meeting: Meeting;
      readonly returning: boolean;
      /** After having waited. */
      readonly letIn: boolean;
    }
  /** At the door. */
  | { readonly name: 'waiting'; readonly meeting: Meeting }
  | { readonly name: 'left'; readonly reason: LeaveReason; readonly by: string | null }
  | { readonly name: 'failed'; readonly code: FailureCode };

export interface VisitParts {
  readonly meetingId: string;
  readonly videoSlots: number;
  readonly memory?: TabMemory;
  readonly createDevices?: typeof createDevices;
  readonly createMeeting?: typeof createMeeting;
  readonly openWorker?: () => Worker;
  /** ms since the epoch */
  readonly now?: () => number;
}

/** One person's visit to one meeting in this tab, from the link to having left. It owns devices and meeting. */
export class Visit implements Disposable {
  readonly meetingId: string;
  readonly devices: Devices;
  readonly #memory: TabMemory;
  readonly #parts: VisitParts;
  readonly #state: State<VisitState>;
  readonly #stopDevices: () => void;
  #stopMeeting: () => void = () => {};
  #meeting: Meeting | null = null;
  /** Acted on already. */
  #phase: MeetingPhase | null = null;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    this.meetingId = parts.meetingId;
    this.#memory = parts.memory ?? new TabMemory(parts.meetingId);
    const remembered = this.#memory.read();
    this.devices = (parts.createDevices ?? createDevices)(remembered);
    this.#stopDevices = this.devices.state.subscribe(() => this.#rememberDevices());
    this.#state = new State(this.#start());
    const { inRoom, goneAt } = remembered;
    const reloaded = inRoom && goneAt !== null && this.#now() - goneAt < reloadMs;
    if (inRoom) this.#memory.update({ inRoom: reloaded, goneAt: null });
    if (reloaded && this.#meeting !== null) this.#comeBack(this.#meeting, remembered);
  }

  get state(): Observable<VisitState> {
    return this.#state;
  }

  /** As the link carried it or as it was typed. */
  get passcode(): string | null {
    return parsePasscode(this.#memory.read().passcode ?? '');
  }

  /** The secret of the invitation that the link carried; null without one. */
  get invitation(): string | null {
    return this.#memory.read().invitation;
  }

  /** It is good no more: the way in is that of everybody who has the passcode. */
  dropInvitation(): void {
    this.#memory.update({ invitation: null });
    const { name } = this.#state.get();
    if (name === 'before' || name === 'failed') this.#state.set(this.#start());
  }

  get rememberedName(): string {
    return this.#memory.read().name;
  }

  /** @returns false when it cannot be a passcode. */
  enterPasscode(text: string): boolean {
    const passcode = parsePasscode(text);
    if (passcode === null) return false;
    this.#memory.update({ passcode });
    this.#state.set(this.#start());
    return true;
  }

  join(identity: Identity): void {
    const state = this.#state.get();
    if (state.name !== 'before') return;
    this.#memory.update(identity);
    this.#enter(state.meeting, identity, false);
  }

  /** Devices are off whatever the network says, and the page may say so. */
  async leave(): Promise<void> {
    const left = this.#meeting?.leave();
    this.devices.stopAll();
    await left;
  }

  /** The page goes away: reloaded, closed or left for another one. */
  pageGoes(): void {
    this.#memory.update({ goneAt: this.#now() });
  }

  /** From having left, or having failed, back to before joining. */
  again(): void {
    const { name } = this.#state.get();
    if (name === 'left' || name === 'failed') this.#state.set(this.#start());
  }

  [Symbol.dispose](): void {
    // Going to another page of ours is leaving; a reload never comes here.
    if (this.#state.get().name === 'inside') this.#memory.update({ inRoom: false });
    this.#stopDevices();
    this.#dropMeeting();
    this.devices[Symbol.dispose]();
  }

  #now(): number {
    return (this.#parts.now ?? Date.now)();
  }

  #start(): VisitState {
    const { passcode } = this;
    this.#dropMeeting();
    if (passcode === null) return { name: 'asking-passcode', wrong: false };
    // Made now, so that the passcode is stretched and the transport ready when "Join" is pressed.
    const meeting = (this.#parts.createMeeting ?? createMeeting)({
      meetingId: this.meetingId,
      passcode,
      identity: { name: this.rememberedName, accountId: null },
      invitation: this.invitation,
      nameless: i18next.t('visit.nameless'),
      openWorker: this.#parts.openWorker ?? openWorker,
      devices: this.devices,
      videoSlots: this.#parts.videoSlots,
    });
    this.#meeting = meeting;
    this.#stopMeeting = meeting.state.subscribe(() => this.#phaseChanged(meeting));
    return { name: 'before', meeting };
  }

  #comeBack(meeting: Meeting, remembered: Remembered): void {
    if (remembered.camera) void this.devices.turnOnCamera();
    if (remembered.microphone) void this.devices.turnOnMicrophone();
    this.#enter(meeting, { name: remembered.name, accountId: remembered.accountId }, true);
  }

  #enter(meeting: Meeting, identity: Identity, returning: boolean): void {
    meeting.introduce(identity);
    this.#state.set({ name: 'inside', meeting, returning, letIn: false });
    void meeting.join();
  }

  #phaseChanged(meeting: Meeting): void {
    const { phase } = meeting.state.get();
    if (meeting !== this.#meeting || phase === this.#phase) return;
    this.#phase = phase;
    const { name } = this.#state.get();
    if (phase.name === 'waiting' && name !== 'waiting') this.#state.set({ name: 'waiting', meeting });
    if ((phase.name === 'joining' || phase.name === 'joined') && name === 'waiting')
      this.#state.set({ name: 'inside', meeting, returning: false, letIn: true });
    if (phase.name === 'joined') this.#memory.update({ inRoom: true });
    if (phase.name === 'left') this.#over({ name: 'left', reason: phase.reason, by: phase.by });
    if (phase.name === 'failed') this.#failed(phase.code);
  }

  #failed(code: FailureCode): void {
    const wrong = code === 'meeting.wrong_passcode';
    if (wrong) this.#memory.update({ passcode: null });
    // The passcode alone may still lead in, or to the door.
    if (code === 'invitation.invalid') this.#memory.update({ invitation: null });
    this.#over(wrong ? { name: 'asking-passcode', wrong } : { name: 'failed', code });
  }

  #over(state: VisitState): void {
    this.#memory.update({ inRoom: false });
    // Before the devices: the meeting tells of their going off, and would lead here again.
    this.#dropMeeting();
    this.devices.stopAll();
    this.#state.set(state);
  }

  #dropMeeting(): void {
    const meeting = this.#meeting;
    this.#meeting = null;
    this.#stopMeeting();
    void meeting?.[Symbol.asyncDispose]();
  }

  #rememberDevices(): void {
    const { camera, microphone, speakerId } = this.devices.state.get();
    this.#memory.update({
      camera: camera.on || camera.starting,
      microphone: microphone.on || microphone.starting,
      cameraId: camera.deviceId,
      microphoneId: microphone.deviceId,
      speakerId,
    });
  }
}
