import type { VideoCodec } from '../control/media.ts';
import { Arrivals } from './Arrivals.ts';
import { AudioRanking } from './AudioRanking.ts';
import { allocateAudioSlots } from './allocateAudioSlots.ts';
import { allocateVideoSlots } from './allocateVideoSlots.ts';
import { Audience, DEFAULT_CODECS } from './codecs.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';
import type { Peer } from './Peer.ts';
import { SenderNeeds } from './SenderNeeds.ts';
import { type SlotsByUse, slotsByUse } from './SlotsByUse.ts';
import { SpeakerDetector } from './SpeakerDetector.ts';
import { isShown } from './tileSize.ts';
import { chooseStreams } from './VideoChoice.ts';

const SPEAKER_INTERVAL = 100;
/** Layers stop and wishes age without any event, so everything is looked at again after this long, ms. */
const REVIEW_INTERVAL = 500;

/** Decides who is in which slot of every viewer, with which layer, and so what each sender is to send. */
export class Allocation {
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #codecs: readonly VideoCodec[];
  readonly #speakers = new SpeakerDetector();
  #speakersAt = 0;
  #reviewedAt = 0;

  /** @param codecs the most wished for first */
  constructor(peers: ReadonlyMap<string, Peer>, codecs: readonly VideoCodec[] = DEFAULT_CODECS) {
    this.#peers = peers;
    this.#codecs = codecs;
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

  /** What depends on the room alone is found once; for each viewer the cost is by the slots, not by the people. */
  run(time: number): void {
    this.#reviewedAt = time;
    // Somebody who is still connecting has slots already, so that the senders have begun when the first packet can go.
    const peers = [...this.#peers.values()].filter(({ connection }) => connection !== null);
    this.#chooseCodecs(peers, time);
    const on = this.#whatIsOn(peers);
    const needs = new SenderNeeds();
    const arrivals = new Arrivals(time);
    const dominant = this.speakers[0] ?? null;
    for (const viewer of peers) {
      const slots = slotsByUse(viewer.connection?.slots ?? []);
      this.#fillAudio(viewer, slots, on, arrivals);
      this.#fillScreen(viewer, slots, on, arrivals);
      this.#fillVideo(viewer, slots, on);
      chooseStreams({ viewer, peers: this.#peers, dominant, needs, arrivals });
    }
    for (const peer of this.#peers.values())
      peer.wantedLayers.update(needs.of(peer.id), time, peer.codecChoice.codec);
  }

  #chooseCodecs(peers: readonly Peer[], time: number): void {
    const audience = new Audience();
    for (const { codecs } of peers) audience.add(codecs);
    for (const { codecs, codecChoice } of peers) codecChoice.update(codecs, audience, this.#codecs, time);
  }

  #whatIsOn(peers: readonly Peer[]): On {
    const microphones = new Set(peers.filter((peer) => peer.isOn('microphone')).map(({ id }) => id));
    const heard = (id: string): boolean => microphones.has(id);
    const { speakers, recent } = this.#speakers;
    return {
      voices: new AudioRanking(speakers.filter(heard), [...recent.filter(heard), ...microphones]),
      cameras: new Set(peers.filter((peer) => peer.isOn('camera')).map(({ id }) => id)),
      sharers: peers
        .filter((peer) => peer.isOn('screen') || peer.isOn('screenAudio'))
        .sort((a, b) => b.sharingSince - a.sharingSince),
    };
  }

  #fillAudio(viewer: Peer, { audio }: SlotsByUse, { voices }: On, arrivals: Arrivals): void {
    const filled = allocateAudioSlots(
      audio.map(({ assigned }) => assigned),
      voices,
      viewer.id,
    );
    for (const [index, slot] of audio.entries())
      this.#place(slot, filled[index] ?? null, 'microphone', arrivals);
  }

  #fillVideo(viewer: Peer, { video }: SlotsByUse, { cameras }: On): void {
    const filled = allocateVideoSlots({
      current: video.map(({ assigned }) => assigned),
      view: viewer.view,
      viewer: viewer.id,
      cameras,
      speakers: this.#speakers.recent,
    });
    for (const [index, slot] of video.entries()) slot.assigned = filled[index] ?? null;
  }

  /** One screen at a time, that of whoever began last, and the sound that goes with it. */
  #fillScreen(viewer: Peer, { screen, screenAudio }: SlotsByUse, { sharers }: On, arrivals: Arrivals): void {
    const sharer = sharers[0] === viewer ? sharers[1] : sharers[0];
    const visible = isShown(viewer.view.screen) && sharer?.isOn('screen') === true;
    for (const slot of screen) slot.assigned = visible ? sharer.id : null;
    const audible = sharer?.isOn('screenAudio') === true;
    for (const slot of screenAudio) this.#place(slot, audible ? sharer.id : null, 'screenAudio', arrivals);
  }

  /** Sound has one stream, and any packet will do to begin with. */
  #place(
    slot: OutgoingSlot,
    peer: string | null,
    source: 'microphone' | 'screenAudio',
    arrivals: Arrivals,
  ): void {
    slot.assigned = peer;
    const sender = peer === null ? undefined : this.#peers.get(peer);
    slot.aim(sender === undefined ? null : arrivals.of(sender)[source]);
  }
}

/** Who has what on. */
interface On {
  readonly voices: AudioRanking;
  readonly cameras: ReadonlySet<string>;
  /** Whoever began last is the first. */
  readonly sharers: readonly Peer[];
}
