import type { ConnectionQuality, MediaPath, StayFailureCode } from '../meeting/types.ts';
import type { Observable } from '../observable.ts';

export interface TestCallResult {
  /** The way that media took. */
  readonly path: MediaPath | null;
  /** Of the worse end, as `ConnectionState` has them. */
  readonly quality: ConnectionQuality;
  readonly roundTripMs: number | null;
  readonly loss: number | null;
  /** `silent`: the microphone was on, and nothing was heard. `unplayable`: this browser plays nothing now. */
  readonly sound: 'heard' | 'silent' | 'off' | 'unplayable';
  readonly picture: 'seen' | 'missing' | 'off';
}

/** `interrupted`: it was under way, and the way to the server broke. */
export type TestCallFailure = StayFailureCode | 'interrupted';

/** CONNECTING (→ ASKING) → SPEAKING → LISTENING → OVER, or FAILED from any of them. Without a microphone there is no LISTENING. */
export type TestCallState =
  /** `asking`: the browser asks whether the page may use the microphone, or is about to. */
  | { readonly name: 'connecting' | 'asking' }
  | {
      /** Speak now, or hear what the server has sent back of it. */
      readonly name: 'speaking' | 'listening';
      /** ms of `performance.now()`. */
      readonly endsAt: number;
      /** One's own, as it came back; null while there is none. */
      readonly picture: MediaStreamTrack | null;
    }
  | { readonly name: 'over'; readonly result: TestCallResult }
  | { readonly name: 'failed'; readonly code: TestCallFailure };

/** A meeting of this browser with itself. Disposing it ends it and turns off what it has turned on. */
export interface TestCall extends Disposable {
  readonly state: Observable<TestCallState>;
}
