import { inspectFile } from '../files/content/inspectFile.ts';
import { FileError } from '../files/FileError.ts';
import {
  decodeFileMessage,
  encodeFileMessage,
  type FileMessage,
  type FileOffer,
  isFileId,
} from '../files/fileMessage.ts';
import { toFileName } from '../files/fileName.ts';
import { LARGEST_FILE } from '../files/fileSizes.ts';
import { IncomingFile } from '../files/IncomingFile.ts';
import { OutgoingFile } from '../files/OutgoingFile.ts';
import { MESSAGE_KINDS, type MemberMessage } from '../member-messages/memberMessage.ts';
import { nameIn } from '../mls/index.ts';
import { Allowance } from './Allowance.ts';
import { Askers, amongAll } from './Askers.ts';
import type { Feature } from './Feature.ts';
import type { FileCallName, FileCalls, FileNews, FileParts, PreparedFile } from './fileCalls.ts';
import type { ReceivedMessage } from './Membership.ts';

/** Offers that are kept: of everybody, and of one member. Whoever offers more is not listened to. */
const mostOffers = 500;
const mostOffersOfOne = 100;
/** Offers of one member: at once, and for a second after that. */
const allowed = { burst: 20, perSecond: 0.5 };

export interface FilesPorts {
  /** To all other members. */
  send(message: MemberMessage): Promise<void>;
  tell(news: FileNews): void;
  /** Who is in the group: another name for each stay of each of them, oneself left out. */
  members(): ReadonlySet<string>;
  after(ms: number, run: () => void): void;
  /** 0 to 1. */
  random(): number;
  /** ms, monotonic. */
  now(): number;
}

/** Answers of many are spread over so long, among very many longer, and one holds for all who ask within the pause; ms. */
const spread = 1_000;
const answerPause = 5_000;
/** Offers that are said again at once. */
const mostAgain = 20;

interface Outgoing {
  readonly file: OutgoingFile;
  /** Who was in the group when it was offered; null before. */
  toldTo: ReadonlySet<string> | null;
}

interface Offer {
  readonly offer: FileOffer;
  readonly from: string;
}

type Handlers = {
  readonly [N in FileCallName]: (ask: FileCalls[N]['ask']) => Promise<FileCalls[N]['reply']>;
};

/** The files of one stay: those that we send, and those that members offer. Keys and plaintext of all of them are here alone. */
export class Files implements Feature {
  readonly kind = MESSAGE_KINDS.file;
  readonly #ports: FilesPorts;
  readonly #outgoing = new Map<string, Outgoing>();
  /** By `offerId`: an id that somebody else has taken before keeps nobody's file away. */
  readonly #offers = new Map<string, Offer>();
  readonly #incoming = new Map<string, IncomingFile>();
  #answering: 'no' | 'yes' | 'once-more' = 'no';
  readonly #allowances = new Allowance(allowed);
  readonly #askers: Askers;

  constructor(ports: FilesPorts) {
    this.#ports = ports;
    this.#askers = new Askers(ports, () => this.#answerSoon());
  }

  receive({ body, sender }: ReceivedMessage): void {
    const message = decodeFileMessage(body);
    const { participantId, kind } = sender;
    if (message === null || (message.type === 'offer' && this.#isKnown(message.offer.id, participantId)))
      return;
    if (!this.#allowances.take(participantId, this.#ports.now())) return;
    if (message.type === 'again') {
      this.#askers.asked(participantId);
      return;
    }
    if (message.type === 'withdrawn') {
      this.#withdrawn(message.id, participantId);
      return;
    }
    const { offer } = message;
    if (!this.#makeRoom(participantId)) return;
    const id = offerId(offer.id, participantId);
    this.#offers.set(id, { offer, from: participantId });
    const { size, mediaType } = offer;
    const from = { participantId, name: nameIn(sender), isGuest: kind !== 'member' };
    this.#ports.tell({ type: 'offered', file: { id, name: offer.name, size, mediaType, from } });
  }

  readonly handlers: Handlers = {
    'file-prepare': (ask) => this.#prepare(ask),
    'file-seal': async ({ id, part }) => await found(this.#outgoing, id).file.sealPart(part),
    'file-offer': async ({ id }) => {
      const outgoing = found(this.#outgoing, id);
      const toldTo = this.#ports.members();
      await this.#say({ type: 'offer', offer: await outgoing.file.offer() });
      outgoing.toldTo = toldTo;
      return null;
    },
    'file-withdraw': async ({ id }) => {
      await this.#say({ type: 'withdrawn', id });
      this.#outgoing.delete(id);
      return null;
    },
    'file-begin': async ({ id }) => this.#begin(id),
    'file-open': async ({ id, part, sealed }) => {
      await found(this.#incoming, id).openPart(part, sealed);
      return null;
    },
    'file-finish': ({ id }) => this.#finish(id),
    'file-drop': async ({ id }) => {
      this.#outgoing.delete(id);
      this.#incoming.delete(id);
      return null;
    },
  };

  async #prepare({ id, file, name: given }: FileCalls['file-prepare']['ask']): Promise<PreparedFile> {
    if (!isFileId(id) || this.#outgoing.has(id)) throw new FileError('file.unknown');
    if (file.size > LARGEST_FILE) throw new FileError('file.unreadable');
    const name = toFileName(given);
    const mediaType = await inspect(file, name);
    const outgoing = await OutgoingFile.create({ id, file, name, mediaType });
    this.#outgoing.set(id, { file: outgoing, toldTo: null });
    return { name, mediaType, ...partsOf(outgoing) };
  }

  #begin(id: string): FileCalls['file-begin']['reply'] {
    const incoming = new IncomingFile(found(this.#offers, id).offer);
    this.#incoming.set(id, incoming);
    return { fileId: incoming.offer.id, ...partsOf(incoming) };
  }

  async #finish(id: string): Promise<Blob> {
    const incoming = found(this.#incoming, id);
    const { name, mediaType } = incoming.offer;
    try {
      const content = await incoming.finish();
      // Its sender has said what it is. What it is not, nobody gets.
      if ((await inspect(content, name)) !== mediaType) throw new FileError('file.mismatch');
      return content;
    } finally {
      this.#incoming.delete(id);
    }
  }

  async #say(message: FileMessage): Promise<void> {
    await this.#ports.send({ kind: MESSAGE_KINDS.file, body: encodeFileMessage(message) });
  }

  /** The server keeps no message: whoever was away has missed what was offered meanwhile. */
  #answerSoon(): void {
    if (this.#answering !== 'no') {
      this.#answering = 'once-more';
      return;
    }
    this.#answering = 'yes';
    const others = this.#ports.members().size;
    this.#ports.after(this.#ports.random() * amongAll(spread, others), () => {
      // What is asked until now is answered by this.
      this.#answering = 'yes';
      void this.#answer();
      this.#ports.after(amongAll(answerPause, others), () => {
        const isAsked = this.#answering === 'once-more';
        this.#answering = 'no';
        if (isAsked) this.#answerSoon();
      });
    });
  }

  /** Only what all who are here now were told, or would have been: whoever came later reads nothing from before. */
  async #answer(): Promise<void> {
    const members = [...this.#ports.members()];
    const again = [...this.#outgoing.values()].filter(({ toldTo }) =>
      members.every((one) => toldTo?.has(one)),
    );
    for (const { file } of again.slice(-mostAgain))
      await this.#say({ type: 'offer', offer: await file.offer() }).catch(() => {});
  }

  #withdrawn(fileId: string, by: string): void {
    const id = offerId(fileId, by);
    if (!this.#offers.delete(id)) return;
    this.#incoming.delete(id);
    this.#ports.tell({ type: 'withdrawn', id });
  }

  #isKnown(fileId: string, from: string): boolean {
    return this.#offers.has(offerId(fileId, from)) || this.#outgoing.has(fileId);
  }

  /** The oldest offer of somebody who has left makes way. @returns false where none does */
  #makeRoom(participantId: string): boolean {
    let ofOne = 0;
    for (const { from } of this.#offers.values()) if (from === participantId) ofOne++;
    if (ofOne >= mostOffersOfOne) return false;
    if (this.#offers.size < mostOffers) return true;
    const present = new Set([...this.#ports.members()].map((stay) => stay.split('/')[1]));
    for (const [id, { from }] of this.#offers) {
      if (present.has(from) || this.#incoming.has(id)) continue;
      this.#offers.delete(id);
      this.#ports.tell({ type: 'withdrawn', id });
      return true;
    }
    return false;
  }
}

/** What the page calls a file that somebody offers. */
function offerId(fileId: string, from: string): string {
  return `${fileId}/${from}`;
}

/** @returns the media type @throws FileError when it may not be passed on, or cannot be read */
async function inspect(file: Blob, name: string): Promise<string> {
  const { mediaType, danger } = await inspectFile(file, name).catch((cause: unknown) => {
    throw new FileError('file.unreadable', { cause });
  });
  if (danger !== null) throw new FileError(`file.${danger}`);
  return mediaType;
}

function partsOf({ sizes: { parts, sealedBytes } }: IncomingFile | OutgoingFile): FileParts {
  return { parts, sealedBytes };
}

function found<T>(all: ReadonlyMap<string, T>, id: string): T {
  const one = all.get(id);
  if (one === undefined) throw new FileError('file.unknown');
  return one;
}
