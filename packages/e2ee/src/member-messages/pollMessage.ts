import { type Bytes, concat } from '../bytes.ts';
import type { ByteReader } from '../mls/bytes/ByteReader.ts';
import { bigEndian, opaque16, utf8 } from '../mls/bytes/bytes.ts';
import { idBytes, readBody, readId, readUint32 } from './body.ts';
import type { MessageRef } from './chatContent.ts';
import { isPollText, POLL_LIMITS } from './pollText.ts';

/** What is asked. It stays as it was asked first. */
export interface PollTerms {
  readonly id: string;
  readonly question: string;
  /** 2 to 10, no two alike. */
  readonly options: readonly string[];
  /** Whether one may choose several. */
  readonly multiple: boolean;
  /** Whether pages say who has chosen what. Votes are signed messages: clients know it in any case. */
  readonly named: boolean;
}

/** The last word of one participant. */
export interface PollVote {
  readonly participantId: string;
  /** Counts the changes of this vote, from 1: an earlier one is out of date. */
  readonly revision: number;
  /** The bit of an option that is chosen is set; the first option's is the lowest one. 0: the vote is taken back. */
  readonly choices: number;
}

/** The sender's own vote in one poll. */
export interface OwnVote extends Omit<PollVote, 'participantId'> {
  readonly poll: MessageRef;
}

export type PollMessage =
  /** By its author: asked, or told again to those who come, with the votes so far by the author's word. */
  | { readonly type: 'announce'; readonly terms: PollTerms; readonly votes: readonly PollVote[] }
  /** One, or, told again to those who were away, all of the sender's. */
  | { readonly type: 'vote'; readonly votes: readonly OwnVote[] }
  /** By its author or a host. */
  | { readonly type: 'close'; readonly poll: MessageRef };

const types = { announce: 1, vote: 2, close: 3 } as const;
const flags = { multiple: 1, named: 2 } as const;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The body of kind `poll`:
 *
 * ```text
 * struct {
 *   enum { announce(1), vote(2), close(3), (255) } type;
 *   select (type) {
 *     case announce: opaque id[12];
 *                    uint8 flags;                 // 1: several may be chosen, 2: names are shown; no others
 *                    opaque question<1..800>;     // as isPollText() says, at most 200 code points
 *                    uint8 count;                 // 2 to 10
 *                    opaque option<1..400>[count];   // at most 100 code points each, no two alike
 *                    uint16 voters;               // at most 1,000
 *                    Vote votes[voters];          // ascending by participantId, each once
 *     case vote:     uint8 polls;                 // 1 to 20
 *                    OwnVote votes[polls];
 *     case close:    opaque author[12];
 *                    opaque id[12];
 *   };
 * } Poll;
 *
 * struct {
 *   opaque participantId[12];
 *   uint32 revision;                              // from 1
 *   uint16 choices;                               // a bit for each option, the lowest for the first
 * } Vote;
 *
 * struct {
 *   opaque author[12];                            // of the poll
 *   opaque id[12];
 *   uint32 revision;
 *   uint16 choices;
 * } OwnVote;
 * ```
 */
export function encodePoll(message: PollMessage): Bytes {
  const type = Uint8Array.of(types[message.type]);
  switch (message.type) {
    case 'announce': {
      const { id, question, options, multiple, named } = message.terms;
      const bits = (multiple ? flags.multiple : 0) + (named ? flags.named : 0);
      const votes = message.votes
        .map((vote) => concat(idBytes(vote.participantId), voteBytes(vote)))
        .sort(compareIds);
      return concat(
        type,
        idBytes(id),
        Uint8Array.of(bits),
        opaque16(utf8(question)),
        Uint8Array.of(options.length),
        ...options.map((option) => opaque16(utf8(option))),
        bigEndian(votes.length, 2),
        ...votes,
      );
    }
    case 'vote':
      return concat(
        type,
        Uint8Array.of(message.votes.length),
        ...message.votes.map((vote) => concat(refBytes(vote.poll), voteBytes(vote))),
      );
    case 'close':
      return concat(type, refBytes(message.poll));
  }
}

/** Null for whatever is not exactly that. */
export function decodePoll(body: Bytes): PollMessage | null {
  return readBody(body, (reader) => {
    switch (reader.uint8()) {
      case types.announce:
        return readAnnouncement(reader);
      case types.vote:
        return readOwnVotes(reader);
      case types.close:
        return { type: 'close', poll: readRef(reader) };
      default:
        return null;
    }
  });
}

function readAnnouncement(reader: ByteReader): PollMessage | null {
  const id = readId(reader);
  const bits = reader.uint8();
  const question = readText(reader, POLL_LIMITS.question);
  const count = reader.uint8();
  if (bits > 3 || question === null || count < POLL_LIMITS.fewestOptions || count > POLL_LIMITS.options)
    return null;
  const options: string[] = [];
  for (let index = 0; index < count; index++) {
    const option = readText(reader, POLL_LIMITS.option);
    if (option === null || options.includes(option)) return null;
    options.push(option);
  }
  const votes = readVotes(reader);
  if (votes === null) return null;
  const multiple = (bits & flags.multiple) !== 0;
  const named = (bits & flags.named) !== 0;
  return { type: 'announce', terms: { id, question, options, multiple, named }, votes };
}

function readOwnVotes(reader: ByteReader): PollMessage | null {
  const polls = reader.uint8();
  if (polls < 1 || polls > POLL_LIMITS.polls) return null;
  const votes: OwnVote[] = [];
  for (let index = 0; index < polls; index++) {
    const poll = readRef(reader);
    const vote = readVote(reader);
    if (vote === null) return null;
    votes.push({ poll, ...vote });
  }
  return { type: 'vote', votes };
}

function readVotes(reader: ByteReader): PollVote[] | null {
  const voters = reader.uint16();
  if (voters > POLL_LIMITS.voters) return null;
  const votes: PollVote[] = [];
  let last: Bytes | null = null;
  for (let index = 0; index < voters; index++) {
    const participantId = readId(reader);
    const bytes = idBytes(participantId);
    const vote = readVote(reader);
    if (vote === null || (last !== null && compareIds(last, bytes) >= 0)) return null;
    last = bytes;
    votes.push({ participantId, ...vote });
  }
  return votes;
}

function readVote(reader: ByteReader): Omit<PollVote, 'participantId'> | null {
  const revision = readUint32(reader);
  const choices = reader.uint16();
  return revision === 0 ? null : { revision, choices };
}

function readText(reader: ByteReader, limit: number): string | null {
  const text = decoder.decode(reader.opaque16(1, limit * 4));
  return isPollText(text, limit) ? text : null;
}

function voteBytes({ revision, choices }: Omit<PollVote, 'participantId'>): Bytes {
  return concat(bigEndian(revision, 4), bigEndian(choices, 2));
}

function refBytes({ participantId, id }: MessageRef): Bytes {
  return concat(idBytes(participantId), idBytes(id));
}

function readRef(reader: ByteReader): MessageRef {
  return { participantId: readId(reader), id: readId(reader) };
}

/** By the first 12 bytes. */
function compareIds(one: Bytes, other: Bytes): number {
  for (let index = 0; index < 12; index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
