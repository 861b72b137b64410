import type { SourceSet, View } from '../control/media.ts';
import type { Connection } from './Connection.ts';
import { type CodecAbility, CodecChoice } from './codecs.ts';
import { NO_SOURCES, type Source } from './sources.ts';
import { WantedLayers } from './WantedLayers.ts';

/** Before a viewer says what is shown, no picture is sent. Voices are. */
const NO_VIEW: View = {
  tiles: 0,
  tile: { width: 0, height: 0 },
  pinned: [],
  sizes: [],
  screen: { width: 0, height: 0 },
};

let shares = 0;

/** One participant: what the server has said about them, and their transport while they have one. */
export class Peer {
  readonly id: string;
  readonly wantedLayers = new WantedLayers();
  readonly codecChoice = new CodecChoice();
  codecs: CodecAbility = { sends: new Set(), receives: null };
  view: View = NO_VIEW;
  connection: Connection | null = null;
  /** Counts up with each screen that is shared anew: the highest was shared last. */
  sharingSince = 0;
  #allowed: SourceSet = NO_SOURCES;
  #sources: SourceSet = NO_SOURCES;

  constructor(id: string) {
    this.id = id;
  }

  /** What the peer may send. */
  get allowed(): SourceSet {
    return this.#allowed;
  }

  /** What the peer says is on. */
  get sources(): SourceSet {
    return this.#sources;
  }

  permit(allowed: SourceSet, sources: SourceSet): void {
    const shared = this.isOn('screen');
    this.#allowed = allowed;
    this.#sources = sources;
    if (!shared && this.isOn('screen')) this.sharingSince = ++shares;
  }

  isAllowed(source: Source): boolean {
    return this.#allowed[source];
  }

  /** Allowed, and declared to be on. */
  isOn(source: Source): boolean {
    return this.#allowed[source] && this.#sources[source];
  }
}
