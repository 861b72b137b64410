import { POLL_LIMITS, type PollTerms, type PollVote, type TalkAuthor } from '@conclave/e2ee';
import { keyOf } from '../chatLog.ts';
import type { Poll, PollOption } from './types.ts';

/** Of those that were deleted so many marks are kept. */
const mostMarks = 40;
/** Votes for polls that are not known yet, and ends of such. */
const mostEarly = 300;
const largestRevision = 2 ** 32 - 1;

export type Voter = Pick<TalkAuthor, 'participantId' | 'name'>;

export interface KnownVote {
  readonly revision: number;
  readonly choices: number;
  /** Null where the voter is not here and has not said it to us. */
  readonly name: string | null;
  /** By the voter's own message. Otherwise it is the word of the poll's author, and any word of the voter's is better. */
  readonly heard: boolean;
}

interface KnownPoll {
  readonly author: Pick<TalkAuthor, 'participantId' | 'name' | 'accountId' | 'device'>;
  readonly self: boolean;
  readonly at: number;
  readonly terms: PollTerms;
  readonly votes: Map<string, KnownVote>;
  state: Poll['state'];
  endedBy: string | null;
}

/** What is known of the polls of a meeting: one vote for each participant, the last one. Without a clock or a network. */
export class PollBook {
  readonly #polls = new Map<string, KnownPoll>();
  readonly #earlyVotes: {
    readonly key: string;
    readonly voter: Voter;
    readonly vote: Omit<PollVote, 'participantId'>;
  }[] = [];
  readonly #earlyEnds = new Map<string, string>();

  /** Whether there is room for another one. */
  get isFull(): boolean {
    return [...this.#polls.values()].filter(({ state }) => state !== 'deleted').length >= POLL_LIMITS.polls;
  }

  /**
   * Asked, or told again with the votes so far, which count where nothing better is known. What is asked stays as it was.
   * @param nameOf of those who are here
   */
  announce(
    author: KnownPoll['author'],
    terms: PollTerms,
    votes: readonly PollVote[],
    {
      at,
      self,
      nameOf,
    }: {
      readonly at: number;
      readonly self: boolean;
      readonly nameOf: (participantId: string) => string | null;
    },
  ): void {
    const key = keyOf(author.participantId, terms.id);
    const known = this.#polls.get(key);
    if (known === undefined && this.isFull) return;
    if (known !== undefined && known.author.device !== author.device) return;
    const poll =
      known ?? this.#add(key, { author, self, at, terms, votes: new Map(), state: 'open', endedBy: null });
    if (poll.state !== 'open') return;
    for (const { participantId, revision, choices } of votes) {
      const before = poll.votes.get(participantId);
      if (before !== undefined && (before.heard || before.revision >= revision)) continue;
      this.#put(poll, participantId, { revision, choices, name: nameOf(participantId), heard: false });
    }
  }

  /** By the voter's own message. */
  vote(key: string, voter: Voter, { revision, choices }: Omit<PollVote, 'participantId'>): void {
    const poll = this.#polls.get(key);
    if (poll === undefined) {
      this.#earlyVotes.push({ key, voter, vote: { revision, choices } });
      if (this.#earlyVotes.length > mostEarly) this.#earlyVotes.shift();
      return;
    }
    if (poll.state !== 'open') return;
    const before = poll.votes.get(voter.participantId);
    if (before?.heard === true && before.revision >= revision) return;
    this.#put(poll, voter.participantId, { revision, choices, name: voter.name, heard: true });
  }

  /** @param by the name of who may do so. Also of one that is not known yet */
  close(key: string, by: string): void {
    const poll = this.#polls.get(key);
    if (poll?.state === 'open') Object.assign(poll, { state: 'closed', endedBy: by });
    if (poll !== undefined) return;
    this.#earlyEnds.set(key, by);
    const [oldest] = this.#earlyEnds.keys();
    if (this.#earlyEnds.size > mostEarly && oldest !== undefined) this.#earlyEnds.delete(oldest);
  }

  /** A vote of one's own that came to nobody: what was before it counts again, unless there is a later one. */
  takeBack(key: string, voter: string, failed: number, former: KnownVote | null): void {
    const poll = this.#polls.get(key);
    if (poll === undefined || poll.votes.get(voter)?.revision !== failed) return;
    // The next word is a later one than any that may have come to somebody.
    if (former === null) poll.votes.set(voter, { revision: failed, choices: 0, name: null, heard: true });
    else poll.votes.set(voter, { ...former, revision: failed });
  }

  /** One of one's own that came to nobody. */
  drop(key: string): void {
    this.#polls.delete(key);
  }

  voteOf(key: string, voter: string): KnownVote | null {
    return this.#polls.get(key)?.votes.get(voter) ?? null;
  }

  /** Nothing is left of it but a mark. @param by the name of who may do so */
  remove(key: string, by: string): void {
    const poll = this.#polls.get(key);
    if (poll === undefined || poll.state === 'deleted') return;
    poll.votes.clear();
    const terms = { ...poll.terms, question: '', options: [] };
    this.#polls.set(key, { ...poll, terms, state: 'deleted', endedBy: by });
    const marks = [...this.#polls].filter(([, { state }]) => state === 'deleted');
    const [oldest] = marks;
    if (marks.length > mostMarks && oldest !== undefined) this.#polls.delete(oldest[0]);
  }

  authorOf(key: string): KnownPoll['author'] | null {
    return this.#polls.get(key)?.author ?? null;
  }

  /** The next word of this voter on an open poll; null when these cannot be chosen. */
  nextVote(key: string, voter: string, chosen: readonly number[]): Omit<PollVote, 'participantId'> | null {
    const poll = this.#polls.get(key);
    if (poll?.state !== 'open') return null;
    const choices = chosen.reduce((bits, index) => bits | (1 << index), 0);
    if (!isChoice(poll.terms, choices)) return null;
    const revision = Math.min((poll.votes.get(voter)?.revision ?? 0) + 1, largestRevision);
    return { revision, choices };
  }

  /** Open polls of this author, to be told again. */
  openOf(author: string): { readonly terms: PollTerms; readonly votes: readonly PollVote[] }[] {
    return this.#open()
      .filter(([, poll]) => poll.author.participantId === author)
      .map(([, { terms, votes }]) => ({
        terms,
        votes: [...votes].map(([participantId, { revision, choices }]) => ({
          participantId,
          revision,
          choices,
        })),
      }));
  }

  /** What this voter has said on open polls. */
  votesOf(voter: string): { readonly key: string; readonly vote: Omit<PollVote, 'participantId'> }[] {
    return this.#open().flatMap(([key, { votes }]) => {
      const vote = votes.get(voter);
      return vote === undefined ? [] : [{ key, vote: { revision: vote.revision, choices: vote.choices } }];
    });
  }

  /** In the order in which they came. @param self one's own participant id */
  polls(self: string | null): readonly Poll[] {
    return [...this.#polls].map(([key, poll]) => toPoll(key, poll, self));
  }

  #open(): [string, KnownPoll][] {
    return [...this.#polls].filter(([, { state }]) => state === 'open');
  }

  #add(key: string, poll: KnownPoll): KnownPoll {
    this.#polls.set(key, poll);
    for (let index = this.#earlyVotes.length - 1; index >= 0; index--)
      if (this.#earlyVotes[index]?.key === key) {
        const [early] = this.#earlyVotes.splice(index, 1);
        if (early !== undefined) this.vote(key, early.voter, early.vote);
      }
    const endedBy = this.#earlyEnds.get(key);
    if (endedBy !== undefined) this.close(key, endedBy);
    return poll;
  }

  #put(poll: KnownPoll, participantId: string, vote: KnownVote): void {
    if (!isChoice(poll.terms, vote.choices)) return;
    if (!poll.votes.has(participantId) && poll.votes.size >= POLL_LIMITS.voters) return;
    poll.votes.set(participantId, vote);
  }
}

/** Whether a vote can be so: options that there are, and one at most where one can be chosen. */
function isChoice({ options, multiple }: PollTerms, choices: number): boolean {
  return choices < 2 ** options.length && (multiple || (choices & (choices - 1)) === 0);
}

function toPoll(
  key: string,
  { author, self, at, terms, votes, state, endedBy }: KnownPoll,
  own: string | null,
): Poll {
  const options = terms.options.map((text, index): PollOption => {
    const chosen = [...votes].filter(([, { choices }]) => (choices & (1 << index)) !== 0);
    return {
      text,
      count: chosen.length,
      mine: chosen.some(([participantId]) => participantId === own),
      names: terms.named ? chosen.flatMap(([, { name }]) => name ?? []) : [],
    };
  });
  const { participantId, name, accountId } = author;
  return {
    kind: 'poll',
    key,
    author: { participantId, name, guest: accountId === null, self },
    at,
    question: terms.question,
    options,
    multiple: terms.multiple,
    named: terms.named,
    voters: [...votes.values()].filter(({ choices }) => choices !== 0).length,
    state,
    endedBy,
  };
}
