import type { LineUse } from '../control/media.ts';
import { allocateAudioSlots } from './allocateAudioSlots.ts';
import { allocateVideoSlots } from './allocateVideoSlots.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';
import { SenderNeeds } from './SenderNeeds.ts';
import { SpeakerDetector } from './SpeakerDetector.ts';
import type { Source } from './sources.ts';
import { chooseStreams, streamOf } from './VideoChoice.ts';

const SPEAKER_INTERVAL = 100;
/** Layers stop and wishes age without any event, so everything is looked at again after this long, ms. */
const REVIEW_INTERVAL = 500;

/** Decides who is in which slot of every viewer, with which layer, and so what each sender is to send. */
export class Allocation {
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #speakers = new SpeakerDetector();
  #speakersAt = 0;
  #reviewedAt = 0;

  constructor(peers: ReadonlyMap<string, Peer>) {
    this.#peers = peers;
  }

  /** Who speaks now, the dominant one first. */
  get speakers(): readonly string[] {
    return this.#speakers.speakers;
  }

  onAudioLevel(peer: string, level: number, voice: boolean, time: number): void {
    this.#speakers.join(peer).onPacket(level, voice, time);
  }

  /** Gone or muted. */
  silence(peer: string): void {
    this.#speakers.leave(peer);
  }

  /** True when `run` is due. */
  tick(time: number): boolean {
    if (time - this.#speakersAt >= SPEAKER_INTERVAL) {
      this.#speakersAt = time;
      if (this.#speakers.update(time)) return true;
    }
    return time - this.#reviewedAt >= REVIEW_INTERVAL;
  }

  run(time: number): void {
    this.#reviewedAt = time;
    // Somebody who is still connecting has slots already, so that the senders have begun when the first packet can go.
    const peers = [...this.#peers.values()].filter(({ connection }) => connection !== null);
    const on: On = {
      microphone: new Set(peers.filter((peer) => peer.isOn('microphone')).map(({ id }) => id)),
      camera: peers.filter((peer) => peer.isOn('camera')).map(({ id }) => id),
      sharers: peers.filter((peer) => peer.isOn('screen') || peer.isOn('screenAudio')),
    };
    const needs = new SenderNeeds();
    for (const viewer of peers) {
      this.#fillAudio(viewer, on);
      this.#fillScreen(viewer, on);
      this.#fillVideo(viewer, on);
      chooseStreams({ viewer, peers: this.#peers, dominant: this.speakers[0] ?? null, needs, time });
    }
    for (const peer of this.#peers.values()) peer.wantedLayers.update(needs.of(peer.id), time);
  }

  #fillAudio(viewer: Peer, on: On): void {
    const slots = slotsFor(viewer, 'audio-slot');
    const heard = (id: string): boolean => id !== viewer.id && on.microphone.has(id);
    const filled = allocateAudioSlots(
      slots.map(({ assigned }) => assigned),
      {
        speakers: this.#speakers.speakers.filter(heard),
        others: [...this.#speakers.recent.filter(heard), ...[...on.microphone].filter(heard)],
      },
    );
    for (const [index, slot] of slots.entries()) this.#place(slot, filled[index] ?? null, 'microphone');
  }

  #fillVideo(viewer: Peer, on: On): void {
    const slots = slotsFor(viewer, 'video-slot');
    const filled = allocateVideoSlots({
      current: slots.map(({ assigned }) => assigned),
      view: viewer.view,
      viewer: viewer.id,
      cameras: on.camera,
      speakers: this.#speakers.recent,
    });
    for (const [index, slot] of slots.entries()) slot.assigned = filled[index] ?? null;
  }

  /** One screen at a time, that of whoever began last, and the sound that goes with it. */
  #fillScreen(viewer: Peer, on: On): void {
    const others = on.sharers.filter((peer) => peer !== viewer);
    const sharer = others.reduce<Peer | null>(
      (latest, peer) => (latest === null || peer.sharingSince > latest.sharingSince ? peer : latest),
      null,
    );
    const { width, height } = viewer.view.screen;
    const visible = width > 0 && height > 0 && sharer?.isOn('screen') === true;
    for (const slot of slotsFor(viewer, 'screen-slot')) slot.assigned = visible ? sharer.id : null;
    const audible = sharer?.isOn('screenAudio') === true;
    for (const slot of slotsFor(viewer, 'screen-audio-slot'))
      this.#place(slot, audible ? sharer.id : null, 'screenAudio');
  }

  /** Sound has one stream, and any packet will do to begin with. */
  #place(slot: OutgoingSlot, peer: string | null, source: Source): void {
    slot.assigned = peer;
    const sender = peer === null ? undefined : this.#peers.get(peer);
    slot.aim(sender === undefined ? null : streamOf(sender, source, null));
  }
}

/** Who has what on. */
interface On {
  readonly microphone: ReadonlySet<string>;
  readonly camera: readonly string[];
  readonly sharers: readonly Peer[];
}

function slotsFor(viewer: Peer, use: LineUse): OutgoingSlot[] {
  return viewer.connection?.slots.filter((slot) => slot.use === use) ?? [];
}
