import { type BreakoutRoom, parsePasscode } from '@conclave/e2ee';
import { Breakouts } from '../breakout/Breakouts.ts';
import { MeetingConversation } from '../conversation/MeetingConversation.ts';
import type { Devices } from '../devices/types.ts';
import { DirectLink } from '../direct/DirectLink.ts';
import { Encryption } from '../encryption/Encryption.ts';
import type { EncryptionFailed } from '../encryption/WorkerLink.ts';
import { LateMeetingFiles } from '../files/LateMeetingFiles.ts';
import { LipSyncWatch } from '../media/LipSyncWatch.ts';
import { MediaTransport } from '../media/MediaTransport.ts';
import { Entrance } from './Entrance.ts';
import { HostActions } from './HostActions.ts';
import { LobbyWatch } from './LobbyWatch.ts';
import { MediaLink } from './MediaLink.ts';
import { OwnMedia } from './OwnMedia.ts';
import { Publisher } from './Publisher.ts';
import { QualityWatch } from './QualityWatch.ts';
import { tabResumeTokens } from './resumeTokens.ts';
import { emptyRoster, type Roster } from './roster.ts';
import { ScreenShare } from './ScreenShare.ts';
import { canTakePart } from './support.ts';
import type { Meeting, MeetingOptions, MeetingPhase } from './types.ts';

/** The way into a breakout room of the meeting. */
export interface BreakoutWay extends BreakoutRoom {
  ticket(): Promise<string>;
}

export interface StayPorts {
  phase(): MeetingPhase['name'];
  /** By the credential where there is one. */
  nameOf(participantId: string): string;
  makeStay(way: BreakoutWay): Meeting;
  /** There may be something else to show. */
  changed(): void;
  /** The encryption is of no use any more. */
  broken(error: EncryptionFailed): void;
}

/** What one stay is made of: its parts, and what they tell each other from `begin` to the end. */
export class StayParts implements Disposable {
  readonly encryption: Encryption;
  readonly entrance: Entrance;
  readonly link: MediaLink;
  readonly publisher = new Publisher();
  readonly screen = new ScreenShare();
  readonly media: OwnMedia;
  readonly host: HostActions;
  readonly lobby: LobbyWatch;
  readonly quality = new QualityWatch();
  readonly direct: DirectLink;
  readonly files: LateMeetingFiles;
  readonly conversation: MeetingConversation;
  /** Null in a breakout room. */
  readonly breakouts: Breakouts | null;
  readonly devices: Devices;
  /** What the server says of the room. */
  roster: Roster = emptyRoster;
  readonly #lipSync = new LipSyncWatch();
  readonly #ports: StayPorts;
  readonly #stops: (() => void)[] = [];

  /** @param way null: into the meeting itself */
  constructor(url: string, options: MeetingOptions, way: BreakoutWay | null, ports: StayPorts) {
    this.#ports = ports;
    const { devices, identity, invitation, videoSlots } = options;
    this.devices = devices;
    const meetingId = way?.roomId ?? options.meetingId;
    const passcode = parsePasscode(options.passcode);
    const room = way === null ? null : { roomId: way.roomId, meeting: way.meeting };
    const keys = new Encryption(options.openWorker(), options.meetingId, passcode, room, options.nameless);
    this.encryption = keys;
    const ticket = way === null ? null : () => way.ticket();
    const tokens = options.resumeTokens ?? tabResumeTokens;
    this.entrance = new Entrance(identity, { meetingId, invitation, ticket, tokens, keys });
    this.breakouts =
      way !== null
        ? null
        : new Breakouts({
            devices,
            makeStay: (roomId, ticket) => ports.makeStay({ roomId, meeting: keys.lend(), ticket }),
            now: () => Date.now(),
          });
    this.media = new OwnMedia(devices, this.screen);
    this.lobby = new LobbyWatch(keys);
    this.host = new HostActions({ keys, nameOf: (id) => ports.nameOf(id) });
    this.link = new MediaLink((relays) => new MediaTransport(videoSlots, keys.open(), relays));
    this.direct = new DirectLink({
      roster: () => this.roster,
      transport: () => this.link.transport,
      openCipher: () => keys.open(),
      ownLevel: devices.level,
    });
    this.conversation = new MeetingConversation({
      ask: (ask) => keys.say(ask),
      participants: () => this.roster.participants,
      nameOf: (id) => keys.group.get().people.find((one) => one.participantId === id)?.name ?? null,
      self: () => this.#self(),
      rules: () => this.roster.rules,
      now: () => Date.now(),
    });
    this.files = new LateMeetingFiles({
      origin: new URL(url.replace(/^ws/, 'http')).origin,
      call: (name, ask) => keys.callFile(name, ask),
    });
  }

  begin(): void {
    const keys = this.encryption;
    const show = () => this.#ports.changed();
    this.#stops.push(
      this.link.changed.add((transport) => this.#transportChanged(transport)),
      this.devices.state.subscribe(() => this.#tracksChanged()),
      this.screen.state.subscribe(() => this.#tracksChanged()),
      this.quality.state.subscribe(show),
      keys.broken.add((error) => this.#ports.broken(error)),
      keys.group.subscribe(() => this.#groupChanged()),
      keys.talk.add((events) => this.conversation.receive(events)),
      keys.linesChanged.add(show),
      keys.verification.state.subscribe(show),
      keys.fileNews.add((news) => this.files.hear(news)),
      this.direct.changed.add(() => this.#directChanged()),
      this.quality.reports.add((report) => this.#learn(report)),
      this.lobby.changed.add(show),
    );
    this.#tracksChanged();
    if (canTakePart()) this.link.prepare();
  }

  /** Calls this when the stay is over. */
  stopWith(stop: () => void): void {
    this.#stops.push(stop);
  }

  /** From here on no part hears of another: whatever is closed now is not shown one by one. */
  unwatch(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.breakouts?.[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.unwatch();
    this.publisher.setTransport(null);
    this.publisher.setSignal(null);
    this.direct[Symbol.dispose]();
    this.files[Symbol.dispose]();
    this.host[Symbol.dispose]();
    this.lobby[Symbol.dispose]();
    this.link[Symbol.dispose]();
    this.encryption[Symbol.dispose]();
    this.conversation[Symbol.dispose]();
    this.quality[Symbol.dispose]();
    this.roster = emptyRoster;
  }

  /** Oneself as the others know one; before the group has formed, as one has introduced oneself. */
  #self() {
    const { self } = this.roster;
    if (self === null) return null;
    const person = this.encryption.group.get().people.find((one) => one.self);
    return person ?? { ...this.entrance.identity, participantId: self };
  }

  #groupChanged(): void {
    this.lobby.check();
    this.conversation.setMembers(this.encryption.group.get().people.map((person) => person.participantId));
    this.#ports.changed();
  }

  #transportChanged(transport: MediaTransport | null): void {
    this.publisher.setTransport(transport);
    this.#watchQuality();
    if (transport === null && this.#ports.phase() === 'joined' && this.direct.shown === null)
      this.quality.lost();
    this.#ports.changed();
  }

  #directChanged(): void {
    this.publisher.setDirect(this.direct.call, this.direct.serverIdle);
    this.#watchQuality();
    this.#ports.changed();
  }

  /** Of the connection that is shown. */
  #watchQuality(): void {
    const { call } = this.direct;
    if (call?.shown === true) this.quality.watch(call.connection, 'direct');
    else this.quality.watch(this.link.transport?.connection ?? null);
  }

  #tracksChanged(): void {
    const { camera, microphone } = this.devices.state.get();
    const { capture } = this.screen.state.get();
    this.publisher.setTracks({
      camera: camera.track,
      microphone: microphone.track,
      screen: capture?.video ?? null,
      'screen-audio': capture?.audio ?? null,
    });
    this.#ports.changed();
  }

  #learn(report: RTCStatsReport): void {
    // These are of the direct path then, whose one stream the browser keeps in step.
    if (this.direct.shown) return;
    const { transport } = this.link;
    transport?.observe(report);
    this.#lipSync.update(report, this.roster.slots, (mid) => transport?.receiverOf(mid) ?? null);
  }
}
