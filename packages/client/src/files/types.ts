/** Why a file is not sent, or not handed out. The kinds of content are those that the encryption's policy names. */
export type FileProblem =
  | 'too-large'
  | 'not-allowed'
  | 'quota'
  | 'storage-full'
  | 'program'
  | 'script'
  | 'active'
  | 'macros'
  | 'mismatch'
  | 'unclear'
  | 'changed'
  | 'unreadable'
  | 'damaged'
  /** It is no longer at the server. */
  | 'gone'
  | 'failed';

/**
 * Ours: PREPARING → WAITING → SENDING → SENT → WITHDRAWN. Others': OFFERED ⇄ RECEIVING → RECEIVED (⇄ RECEIVING once
 * more), WITHDRAWN from all of them. FAILED from any.
 */
export type FileState =
  | { readonly name: 'preparing' | 'waiting' | 'sent' | 'offered' | 'received' | 'withdrawn' }
  | {
      readonly name: 'sending' | 'receiving';
      /** 0 to 1. */
      readonly done: number;
      /** The network is away; it goes on by itself. */
      readonly paused: boolean;
    }
  | { readonly name: 'failed'; readonly problem: FileProblem };

export interface SharedFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** By content; null while nobody has looked. */
  readonly mediaType: string | null;
  readonly from: {
    readonly participantId: string | null;
    readonly name: string;
    readonly isGuest: boolean;
    readonly self: boolean;
  };
  /** When we heard of it, ms since the epoch. */
  readonly at: number;
  readonly state: FileState;
}
