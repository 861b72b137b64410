import { borrowDevices } from '../devices/borrowDevices.ts';
import type { Devices } from '../devices/types.ts';
import { failureOf } from '../meeting/failures.ts';
import type { KeptPlace, ResumeTokens } from '../meeting/resumeTokens.ts';
import type { Meeting, MeetingOptions, StayFailureCode } from '../meeting/types.ts';
import { State } from '../observable.ts';
import { noDevices } from './noDevices.ts';
import { resultOf } from './resultOf.ts';
import type { TestCall, TestCallFailure, TestCallState } from './types.ts';

/** How long one speaks, and then hears oneself, ms. */
export const SPEAKS_MS = 5_000;
/** Without the own sound there is only the connection to be measured, which takes a few readings. */
const measuresMs = 5_000;
const connectsMs = 20_000;
/** What is on is on its way, but a picture takes longer than a sound. */
const pictureMs = 4_000;

export interface EchoCallPorts {
  readonly devices: Devices;
  readonly identity: MeetingOptions['identity'];
  openWorker(): Worker;
  makeMeeting(): Promise<MadeMeeting>;
  /** Has the server keep it for a moment. @returns why it does not; null when it does */
  begin(made: MadeMeeting): Promise<StayFailureCode | null>;
  createMeeting(options: MeetingOptions): Meeting;
  readonly echo: EchoPort;
}

export interface MadeMeeting {
  readonly id: string;
  readonly passcode: string;
  readonly verifier: string;
}

export interface EchoPort extends Disposable {
  hear(tracks: readonly MediaStreamTrack[]): void;
  open(): void;
  close(): number | null;
}

/**
 * Two stays of one page in a meeting of its own: one sends what camera and microphone give, the other one shows and plays what
 * comes back. All of it takes the way that a meeting takes, and its keys are this page's alone.
 */
export class EchoCall implements TestCall {
  readonly state = new State<TestCallState>({ name: 'connecting' });
  readonly #ports: EchoCallPorts;
  readonly #over = new AbortController();
  readonly #opened = new AsyncDisposableStack();

  constructor(ports: EchoCallPorts) {
    this.#ports = ports;
    this.#opened.use(ports.echo);
    void this.#run();
  }

  [Symbol.dispose](): void {
    if (this.#opened.disposed) return;
    this.#over.abort();
    void this.#opened.disposeAsync();
  }

  async #run(): Promise<void> {
    try {
      await this.#call();
    } catch (error) {
      if (!this.#over.signal.aborted) this.#fail(failureOf(error).code);
    }
  }

  async #call(): Promise<void> {
    const { devices, echo } = this.#ports;
    const made = await this.#ports.makeMeeting();
    const refused = await this.#ports.begin(made);
    this.#check();
    if (refused !== null) {
      this.#fail(refused);
      return;
    }
    await this.#turnOnMicrophone();
    const speaker = this.#enter(made, borrowDevices(devices));
    const listener = this.#enter(made, noDevices());
    listener.setView({
      tiles: 1,
      tile: { width: 640, height: 360 },
      pinned: [],
      sizes: new Map(),
      screen: { width: 0, height: 0 },
    });
    const stop = listener.state.subscribe(() => {
      echo.hear(listener.state.get().audioTracks);
      this.#show(pictureOf(listener));
    });
    this.#opened.defer(stop);
    await Promise.all([speaker.join(), listener.join()]);
    const met = await this.#until([speaker, listener], () => meet(speaker, listener), connectsMs);
    if (!met) {
      this.#fail('network.unreachable');
      return;
    }
    this.#failWhenInterrupted([speaker, listener]);
    const { camera, microphone } = devices.state.get();
    if (camera.on) await this.#until([listener], () => pictureOf(listener) !== null, pictureMs);
    echo.hear(listener.state.get().audioTracks);
    echo.open();
    await this.#stay('speaking', listener, microphone.on ? SPEAKS_MS : measuresMs);
    const loudest = echo.close();
    const seen = pictureOf(listener) !== null;
    if (microphone.on && loudest !== null) await this.#stay('listening', listener, SPEAKS_MS);
    const result = resultOf(speaker.state.get().connection, listener.state.get().connection, {
      spoke: microphone.on,
      loudest,
      seen: camera.on ? seen : null,
    });
    this.#end({ name: 'over', result });
  }

  /** Whoever calls to be heard has it on; afterwards it is as it was. */
  async #turnOnMicrophone(): Promise<void> {
    const { devices } = this.#ports;
    if (devices.state.get().microphone.on) return;
    this.state.set({ name: 'asking' });
    await devices.turnOnMicrophone();
    if (this.#over.signal.aborted) devices.turnOffMicrophone();
    else this.#opened.defer(() => devices.turnOffMicrophone());
    this.#check();
    this.state.set({ name: 'connecting' });
  }

  #enter({ id, passcode }: MadeMeeting, devices: Devices): Meeting {
    const { identity, openWorker, createMeeting } = this.#ports;
    const meeting = createMeeting({
      meetingId: id,
      passcode,
      identity,
      invitation: null,
      openWorker: () => openWorker(),
      devices,
      videoSlots: 1,
      // Both are in this tab, and neither outlives its page.
      resumeTokens: ownTokens(),
    });
    this.#opened.use(meeting);
    const stop = meeting.state.subscribe(() => {
      const { phase } = meeting.state.get();
      if (phase.name === 'failed') this.#fail(phase.code);
      if (phase.name === 'left') this.#fail('meeting.ended');
    });
    this.#opened.defer(stop);
    return meeting;
  }

  /** A place that is taken back, or another transport, is what a meeting is for; a test tells that it was needed. */
  #failWhenInterrupted(meetings: readonly Meeting[]): void {
    for (const { state } of meetings) {
      const [line] = state.get().audioTracks;
      const stop = state.subscribe(() => {
        const { phase, audioTracks } = state.get();
        if (phase.name === 'reconnecting' || audioTracks[0] !== line) this.#fail('interrupted');
      });
      this.#opened.defer(stop);
    }
  }

  async #stay(name: 'speaking' | 'listening', listener: Meeting, ms: number): Promise<void> {
    this.state.set({ name, endsAt: performance.now() + ms, picture: pictureOf(listener) });
    await this.#until([], () => false, ms);
  }

  #show(picture: MediaStreamTrack | null): void {
    const state = this.state.get();
    if ((state.name === 'speaking' || state.name === 'listening') && state.picture !== picture)
      this.state.set({ ...state, picture });
  }

  /** @returns whether it has come about in time @throws when the call is over meanwhile */
  async #until(meetings: readonly Meeting[], holds: () => boolean, ms: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stops = meetings.map(({ state }) => state.subscribe(() => holds() && resolve()));
    const timer = setTimeout(resolve, ms);
    this.#over.signal.addEventListener('abort', () => resolve(), { once: true });
    if (!holds()) await promise;
    clearTimeout(timer);
    for (const stop of stops) stop();
    this.#check();
    return holds();
  }

  #check(): void {
    this.#over.signal.throwIfAborted();
  }

  #fail(code: TestCallFailure): void {
    this.#end({ name: 'failed', code });
  }

  #end(state: TestCallState): void {
    if (this.#over.signal.aborted) return;
    this[Symbol.dispose]();
    this.state.set(state);
  }
}

/** Both are inside and in one group, and the one that hears is told of what the other one sends. */
function meet(speaker: Meeting, listener: Meeting): boolean {
  const { phase, selfId } = speaker.state.get();
  const heard = listener.state.get();
  const other = heard.participants.find(({ id }) => id === selfId);
  return (
    phase.name === 'joined' &&
    heard.phase.name === 'joined' &&
    other !== undefined &&
    heard.encryption.people.length === 2 &&
    heard.audioTracks.length > 0
  );
}

function pictureOf(listener: Meeting): MediaStreamTrack | null {
  return listener.state.get().participants.find(({ self }) => !self)?.camera ?? null;
}

function ownTokens(): ResumeTokens {
  let kept: KeptPlace | null = null;
  return {
    get: () => kept,
    set: (_, place) => {
      kept = place;
    },
  };
}
