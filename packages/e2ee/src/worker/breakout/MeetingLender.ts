import type { MeetingGroup, MemberIdentity } from '../../mls/index.ts';
import type { MeetingWord } from './MeetingWord.ts';

/**
 * The meeting's end of the port to a breakout room: tells whenever the group is in another epoch, or is lost. Nobody is in
 * two rooms, so there is one port at most.
 */
export class MeetingLender {
  #device: CryptoKeyPair | null = null;
  #members: readonly MemberIdentity[] | null = null;
  #port: MessagePort | null = null;

  /** We come into the meeting's group by this device. */
  async using(device: Promise<CryptoKeyPair>): Promise<CryptoKeyPair> {
    const pair = await device;
    this.#device = pair;
    return pair;
  }

  lendTo(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    this.#tell();
  }

  enter(group: Pick<MeetingGroup, 'leaves'>): void {
    this.#members = group.leaves();
    this.#tell();
  }

  leave(): void {
    this.#members = null;
    this.#tell();
  }

  #tell(): void {
    const [device, members] = [this.#device, this.#members];
    const word: MeetingWord = device === null || members === null ? null : { device, members };
    this.#port?.postMessage(word);
  }
}
