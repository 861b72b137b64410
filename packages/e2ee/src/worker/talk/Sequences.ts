import { toBase64Url } from '../../base64url.ts';
import type { Bytes } from '../../bytes.ts';
import { authorKey } from './authors.ts';
import type { TalkAuthor } from './talkMessages.ts';

/** Devices that are kept, those of people who left among them: they may come back. */
const mostDevices = 2_000;
/** Streams of one device: its tabs, and those before a reload. */
const mostStreams = 8;
/** A message that is sent while we come in may be for those who were in before; ms. */
const tolerance = 2_000;

/** The message before, as its author says: its number, 0 for none, and when it was sent by our clock. */
export interface Before {
  readonly sequence: number;
  readonly sentAt: number;
}

type Author = Pick<TalkAuthor, 'participantId' | 'device'>;

/**
 * Which message of whom is the next one. What comes late, twice or out of turn is not taken, so that the messages of one
 * sender stay in order whatever the server does; a number that is left out is a message that did not come.
 *
 * A stream is followed by the device that proves it: whoever joins anew under another participant id goes on with it.
 */
export class Sequences {
  /** The number of the last message, by device and stream. */
  readonly #devices = new Map<string, Map<string, number>>();
  /** Whether somebody was here before us: then we do not know how many messages their first stream had. */
  readonly #authors = new Map<string, 'before' | 'after'>();
  #enteredAt: number | null = null;

  /** Who is in the group now. @param now ms */
  enter(authors: readonly Author[], now: number): void {
    const since = this.#enteredAt === null ? 'before' : 'after';
    this.#enteredAt ??= now;
    for (const author of authors) {
      const key = authorKey(author);
      if (!this.#authors.has(key)) put(this.#authors, key, since, mostDevices);
    }
  }

  /** @returns whether the message is taken, and whether others before it did not come */
  follow(
    author: Author,
    stream: Bytes,
    sequence: number,
    before: Before,
  ): { taken: boolean; missed: boolean } {
    const last = this.#lastOf(author, stream);
    if (last !== null && sequence <= last) return { taken: false, missed: false };
    this.#put(author, stream, sequence);
    return { taken: true, missed: this.#lacks(last, before) };
  }

  /** The sender's word on which their last one was. @returns whether it, or others before it, did not come */
  hearHead(author: Author, stream: Bytes, before: Before): boolean {
    const last = this.#lastOf(author, stream);
    if (last !== null && before.sequence <= last) return false;
    this.#put(author, stream, before.sequence);
    return this.#lacks(last, before);
  }

  /** Of somebody who was here before us and of whom nothing has come it counts what they have sent since. */
  #lacks(last: number | null, before: Before): boolean {
    if (last !== null) return before.sequence > last;
    return before.sequence > 0 && this.#enteredAt !== null && before.sentAt > this.#enteredAt + tolerance;
  }

  /** Null where the messages before cannot be counted. */
  #lastOf(author: Author, stream: Bytes): number | null {
    const last = this.#devices.get(author.device)?.get(toBase64Url(stream));
    return last ?? (this.#authors.get(authorKey(author)) === 'after' ? 0 : null);
  }

  #put(author: Author, stream: Bytes, sequence: number): void {
    const streams = this.#devices.get(author.device) ?? new Map<string, number>();
    put(streams, toBase64Url(stream), sequence, mostStreams);
    put(this.#devices, author.device, streams, mostDevices);
    // Any further stream begins while we are here.
    put(this.#authors, authorKey(author), 'after', mostDevices);
  }
}

/** As the latest one; the oldest one makes room. */
function put<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
