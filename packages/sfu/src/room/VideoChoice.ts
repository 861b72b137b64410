import type { CameraLayer } from '../control/media.ts';
import type { Arrivals } from './Arrivals.ts';
import type { BudgetRequest } from './allocateBudget.ts';
import { chooseLayer, fallBack } from './chooseLayer.ts';
import type { IncomingStream } from './IncomingStream.ts';
import { CAMERA_LAYERS } from './layers.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';
import type { SenderNeeds } from './SenderNeeds.ts';
import { tileSize } from './tileSize.ts';

/** What a shared screen is reckoned with until it has been measured, bit/s. */
const SCREEN_BITRATE = 1_000_000;
const SCREEN_LEAST = 100_000;
const SCREEN_SILENCE = 5_000;
/** What a voice costs, bit/s, with headers; few speak at once, and of silence next to nothing is sent (DTX). */
const VOICE_BITRATE = 50_000;
const SILENCE_BITRATE = 5_000;
const VOICES_AT_ONCE = 2;

export interface ChoiceContext {
  readonly viewer: Peer;
  readonly peers: ReadonlyMap<string, Peer>;
  readonly dominant: string | null;
  readonly needs: SenderNeeds;
  /** What comes of the senders, at the time of the choice. */
  readonly arrivals: Arrivals;
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
  const { viewer, arrivals } = context;
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
  const granted = connection.spend(
    soundBitrate(voices),
    candidates.map(({ request }) => request),
    arrivals.time,
  );
  for (const [index, candidate] of candidates.entries()) grant(candidate, granted[index] ?? -1, context);
}

/** bit/s to reckon with for so many slots with sound. */
function soundBitrate(voices: number): number {
  const speaking = Math.min(voices, VOICES_AT_ONCE);
  return speaking * VOICE_BITRATE + (voices - speaking) * SILENCE_BITRATE;
}

function candidateOf(slot: OutgoingSlot, context: ChoiceContext): Candidate | null {
  const { viewer, peers, dominant, arrivals } = context;
  const sender = slot.assigned === null ? undefined : peers.get(slot.assigned);
  if (sender === undefined) return null;
  if (!understands(slot, sender)) {
    // Named in no slot, so that nobody waits for a picture that never comes.
    slot.assigned = null;
    return null;
  }
  // What was chosen for another sender says nothing about this one.
  if (slot.choice?.sender !== sender.id) slot.choice = null;
  const former = slot.choice?.granted ?? -1;
  if (slot.use === 'screen-slot') {
    const bitrate = screenBitrate(arrivals.of(sender).screen, arrivals.time);
    return { slot, sender, layer: null, request: { priority: 'screen', bitrates: [bitrate], former } };
  }
  const tile = tileSize(viewer.view, sender.id);
  if (tile === null) return null;
  const layer = chooseLayer(tile, slot.choice?.layer ?? null);
  const bitrates = arrivals.of(sender).bitrates[layer];
  const focus = sender.id === dominant || viewer.view.pinned.includes(sender.id);
  return { slot, sender, layer, request: { priority: focus ? 'focus' : 'tile', bitrates, former } };
}

/** Nobody sends for a viewer who cannot show it. */
function understands(slot: OutgoingSlot, { codecs, codecChoice }: Peer): boolean {
  const { codec } = codecChoice;
  return codec === null ? codecs.sends.size === 0 : slot.takes(codec);
}

/** @param granted index of the layer that there is room for; −1: none */
function grant({ slot, sender, layer }: Candidate, granted: number, context: ChoiceContext): void {
  const { needs, arrivals } = context;
  slot.choice = { sender: sender.id, layer, granted };
  if (granted < 0) {
    slot.aim(null);
    return;
  }
  if (layer === null) {
    needs.screen(sender.id);
    slot.aim(arrivals.of(sender).screen);
    return;
  }
  const wanted = CAMERA_LAYERS[granted] ?? 'q';
  needs.camera(sender.id, wanted);
  const { camera, arriving } = arrivals.of(sender);
  // Until the wanted layer comes, the next best one of those that come; that one is needed as long.
  const shown = fallBack(wanted, arriving) ?? wanted;
  needs.camera(sender.id, shown);
  const seen = slot.current?.peerId === sender.id && slot.awaiting !== null ? slot.layer : null;
  if (seen !== null) needs.camera(sender.id, seen);
  const { stream, spatialLayer } = camera[shown];
  slot.aim(stream, spatialLayer);
}

/** A screen on which nothing moves sends next to nothing, and is still there. */
function screenBitrate(stream: IncomingStream | null, time: number): number {
  if (stream === null || time - stream.lastPacketAt > SCREEN_SILENCE) return SCREEN_BITRATE;
  return Math.max(SCREEN_LEAST, stream.bitrate(time));
}
