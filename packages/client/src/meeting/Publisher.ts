import { type MediaSource, NO_SOURCES, type SourceSet } from '@conclave/protocol';
import type { Signal } from '../signalling/Signal.ts';

/** The track of each source that is on now. */
export type SourceTracks = Readonly<Record<MediaSource, MediaStreamTrack | null>>;

/** Somewhere that takes tracks. */
export interface MediaTarget {
  send(source: MediaSource, track: MediaStreamTrack | null): Promise<void>;
}

const nothing: SourceTracks = { microphone: null, camera: null, screen: null, 'screen-audio': null };

/**
 * Keeps what is sent, and what the server is told of it, in line with what is on. Turning on is announced
 * before the first packet, because the server forwards only what is announced; turning off takes the track
 * away first, because nothing may leave the machine that is shown as off (D16).
 */
export class Publisher {
  #transport: MediaTarget | null = null;
  #direct: MediaTarget | null = null;
  #serverIdle = false;
  #signal: Signal | null = null;
  #tracks: SourceTracks = nothing;
  #allowed: SourceSet = NO_SOURCES;
  #announced: SourceSet | null = null;
  #told: SourceSet = NO_SOURCES;

  /** The last that the server has taken from us. */
  get told(): SourceSet {
    return this.#told;
  }

  setTracks(tracks: SourceTracks): void {
    this.#tracks = tracks;
    this.#update();
  }

  setAllowed(allowed: SourceSet): void {
    this.#allowed = allowed;
    this.#update();
  }

  setTransport(transport: MediaTarget | null): void {
    this.#transport = transport;
    this.#update();
  }

  /** @param serverIdle nothing has to go through the server, for the other one receives what `direct` sends */
  setDirect(direct: MediaTarget | null, serverIdle: boolean): void {
    if (direct === this.#direct && serverIdle === this.#serverIdle) return;
    this.#direct = direct;
    this.#serverIdle = serverIdle;
    this.#update();
  }

  /** A new socket knows nothing of what was announced on the former one. */
  setSignal(signal: Signal | null): void {
    this.#signal = signal;
    this.#announced = null;
    this.#update();
  }

  #update(): void {
    const tracks = this.#permitted();
    const sources = sourcesOf(tracks);
    const targets = [
      [this.#transport, this.#serverIdle ? nothing : tracks],
      [this.#direct, tracks],
    ] as const;
    for (const [target, sent] of targets) attach(target, sent, (track) => track === null);
    this.#announce(sources);
    for (const [target, sent] of targets) attach(target, sent, (track) => track !== null);
  }

  #announce(sources: SourceSet): void {
    if (this.#signal === null || sameSources(sources, this.#announced)) return;
    this.#announced = sources;
    this.#signal.request({ type: 'sources', sources }).then(
      () => {
        this.#told = sources;
      },
      () => {
        this.#announced = null;
      },
    );
  }

  #permitted(): SourceTracks {
    const { microphone, camera, screen } = this.#tracks;
    return {
      microphone: this.#allowed.microphone ? microphone : null,
      camera: this.#allowed.camera ? camera : null,
      screen: this.#allowed.screen ? screen : null,
      'screen-audio': this.#allowed.screenAudio ? this.#tracks['screen-audio'] : null,
    };
  }
}

function attach(
  target: MediaTarget | null,
  tracks: SourceTracks,
  which: (track: MediaStreamTrack | null) => boolean,
): void {
  for (const source of Object.keys(tracks) as MediaSource[]) {
    // Rejected only when the transport is closed meanwhile; the next one is given all tracks.
    if (which(tracks[source])) target?.send(source, tracks[source]).catch(() => {});
  }
}

function sourcesOf(tracks: SourceTracks): SourceSet {
  return {
    microphone: tracks.microphone !== null,
    camera: tracks.camera !== null,
    screen: tracks.screen !== null,
    screenAudio: tracks['screen-audio'] !== null,
  };
}

function sameSources(a: SourceSet, b: SourceSet | null): boolean {
  return (
    b !== null &&
    a.microphone === b.microphone &&
    a.camera === b.camera &&
    a.screen === b.screen &&
    a.screenAudio === b.screenAudio
  );
}
