import type { SourceSet, View, Wanted } from '../control/media.ts';
import type { Connection } from './Connection.ts';
import { NO_SOURCES, type Source } from './sources.ts';

/** Before a viewer says what is shown, no picture is sent. Voices are. */
const NO_VIEW: View = {
  tiles: 0,
  tile: { width: 0, height: 0 },
  pinned: [],
  sizes: [],
  screen: { width: 0, height: 0 },
};

/** One participant: what the server has said about them, and their transport while they have one. */
export class Peer {
  readonly id: string;
  /** In the order of joining, for a stable choice among equals. */
  readonly order: number;
  allowed: SourceSet = NO_SOURCES;
  sources: SourceSet = NO_SOURCES;
  view: View = NO_VIEW;
  connection: Connection | null = null;
  /** Counts transports: an older one that is still being opened is thrown away. */
  generation = 0;
  /** Last told to the sender; null before that. */
  wanted: Wanted | null = null;

  constructor(id: string, order: number) {
    this.id = id;
    this.order = order;
  }

  isAllowed(source: Source): boolean {
    return this.allowed[source];
  }

  /** Allowed, and declared to be on. */
  isOn(source: Source): boolean {
    return this.allowed[source] && this.sources[source];
  }
}
