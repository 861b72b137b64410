import type { ChatAuthor } from '../types.ts';

/** What somebody wants to ask. */
export interface PollDraft {
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly named: boolean;
}

export interface PollOption {
  readonly text: string;
  readonly count: number;
  /** Whether one has chosen it oneself. */
  readonly mine: boolean;
  /** Names of those who have chosen it; empty where names are hidden. */
  readonly names: readonly string[];
}

export interface Poll {
  readonly kind: 'poll';
  /** Unique among polls and messages. */
  readonly key: string;
  readonly author: ChatAuthor;
  /** When it came, ms since 1970. */
  readonly at: number;
  readonly question: string;
  readonly options: readonly PollOption[];
  readonly multiple: boolean;
  readonly named: boolean;
  /** How many have chosen something. */
  readonly voters: number;
  /** `deleted`: nothing of it is left but that there was one. */
  readonly state: 'open' | 'closed' | 'deleted';
  /** The name of who closed or deleted it, null while it is open. */
  readonly endedBy: string | null;
}
