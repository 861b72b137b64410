import type { CameraLayer } from '../control/media.ts';
import { allocateBudget, type BudgetRequest } from './allocateBudget.ts';
import { chooseLayer, fallBack } from './chooseLayer.ts';
import type { IncomingStream } from './IncomingStream.ts';
import { CAMERA_LAYERS, LAYER_FACTS, layerRank } from './layers.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';
import type { SenderNeeds } from './SenderNeeds.ts';
import { type Source, sourceOf } from './sources.ts';
import { tileSize } from './tileSize.ts';

/** A layer without packets for so long does not arrive, ms: a browser in need drops layers without a word. */
const SILENCE = 1_000;
/** What a shared screen is reckoned with until it has been measured, bit/s. */
const SCREEN_BITRATE = 1_000_000;
const SCREEN_LEAST = 100_000;
const SCREEN_SILENCE = 5_000;
/** What a voice costs, bit/s, with headers. */
const VOICE_BITRATE = 50_000;

export interface ChoiceContext {
  readonly viewer: Peer;
  readonly peers: ReadonlyMap<string, Peer>;
  readonly dominant: string | null;
  readonly needs: SenderNeeds;
  readonly time: number;
}

/** A slot that is to show somebody, and what it could show. */
interface Candidate {
  readonly slot: OutgoingSlot;
  readonly sender: Peer;
  /** The layer that the tile wants; null for a screen, which has none. */
  readonly layer: CameraLayer | null;
  readonly request: BudgetRequest;
}

/** Spends what the viewer's path carries on the layers that the tiles want, and points each slot at its stream. */
export function chooseStreams(context: ChoiceContext): void {
  const { viewer, time } = context;
  const connection = viewer.connection;
  if (connection === null) return;
  const candidates: Candidate[] = [];
  let voices = 0;
  for (const slot of connection.slots) {
    if (slot.line.kind === 'audio') {
      if (slot.assigned !== null) voices += 1;
      continue;
    }
    const candidate = candidateOf(slot, context);
    if (candidate !== null) candidates.push(candidate);
    else {
      slot.choice = null;
      slot.aim(null);
    }
  }
  const granted = allocateBudget(
    connection.budget.bitrate(time),
    voices * VOICE_BITRATE,
    candidates.map(({ request }) => request),
  );
  for (const [index, candidate] of candidates.entries()) grant(candidate, granted[index] ?? -1, context);
}

function candidateOf(slot: OutgoingSlot, context: ChoiceContext): Candidate | null {
  const { viewer, peers, dominant, time } = context;
  const sender = slot.assigned === null ? undefined : peers.get(slot.assigned);
  if (sender === undefined) return null;
  // What was chosen for another sender says nothing about this one.
  if (slot.choice?.sender !== sender.id) slot.choice = null;
  const former = slot.choice?.granted ?? -1;
  if (slot.use === 'screen-slot') {
    const bitrate = screenBitrate(streamOf(sender, 'screen', null), time);
    return { slot, sender, layer: null, request: { priority: 'screen', bitrates: [bitrate], former } };
  }
  const tile = tileSize(viewer.view, sender.id);
  if (tile === null) return null;
  const layer = chooseLayer(tile, slot.choice?.layer ?? null);
  const bitrates = CAMERA_LAYERS.slice(0, layerRank(layer) + 1).map(
    (each) => measured(streamOf(sender, 'camera', each), time) ?? LAYER_FACTS[each].bitrate,
  );
  const focus = sender.id === dominant || viewer.view.pinned.includes(sender.id);
  return { slot, sender, layer, request: { priority: focus ? 'focus' : 'tile', bitrates, former } };
}

/** @param granted index of the layer that there is room for; −1: none */
function grant({ slot, sender, layer }: Candidate, granted: number, context: ChoiceContext): void {
  const { needs, time } = context;
  slot.choice = { sender: sender.id, layer, granted };
  if (granted < 0) {
    slot.aim(null);
    return;
  }
  if (layer === null) {
    needs.screen(sender.id);
    slot.aim(streamOf(sender, 'screen', null));
    return;
  }
  const wanted = CAMERA_LAYERS[granted] ?? 'q';
  needs.camera(sender.id, wanted);
  const arriving = new Set(
    CAMERA_LAYERS.filter((each) => measured(streamOf(sender, 'camera', each), time) !== null),
  );
  // Until the wanted layer comes, the next best one of those that come; that one is needed as long.
  const shown = fallBack(wanted, arriving) ?? wanted;
  needs.camera(sender.id, shown);
  const { current } = slot;
  if (current?.peerId === sender.id && current.rid !== null && slot.awaiting !== null)
    needs.camera(sender.id, current.rid);
  slot.aim(streamOf(sender, 'camera', shown));
}

/** The stream of a source; of a camera that layer, or the only stream of one without simulcast. */
export function streamOf(sender: Peer, source: Source, layer: CameraLayer | null): IncomingStream | null {
  for (const stream of sender.connection?.streams ?? [])
    if (sourceOf(stream.use) === source && (stream.rid === layer || stream.rid === null)) return stream;
  return null;
}

/** A screen on which nothing moves sends next to nothing, and is still there. */
function screenBitrate(stream: IncomingStream | null, time: number): number {
  if (stream === null || time - stream.lastPacketAt > SCREEN_SILENCE) return SCREEN_BITRATE;
  return Math.max(SCREEN_LEAST, stream.bitrate(time));
}

/** bit/s of a stream that arrives; null of one that does not. */
function measured(stream: IncomingStream | null, time: number): number | null {
  if (stream === null || time - stream.lastPacketAt > SILENCE) return null;
  return stream.bitrate(time);
}
