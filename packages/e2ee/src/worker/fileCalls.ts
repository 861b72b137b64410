import type { Bytes } from '../bytes.ts';

/** What the page asks about files; each is answered by one `reply`. The page carries ciphertext between here and the server. */
export interface FileCalls {
  /** Looks at a file that somebody wants to send. @throws FileError: a `Danger`, `file.unreadable` */
  readonly 'file-prepare': {
    readonly ask: { readonly id: string; readonly file: Blob; readonly name: string };
    readonly reply: PreparedFile;
  };
  /** One part, encrypted: the same bytes each time. @throws FileError `file.changed`, `file.unreadable` */
  readonly 'file-seal': {
    readonly ask: { readonly id: string; readonly part: number };
    readonly reply: Bytes;
  };
  /** Tells all members of it, once the server has all parts. */
  readonly 'file-offer': { readonly ask: { readonly id: string }; readonly reply: null };
  /** Tells all members that what was offered is taken back. */
  readonly 'file-withdraw': { readonly ask: { readonly id: string }; readonly reply: null };
  /** Begins to receive it. @throws FileError `file.unknown` */
  readonly 'file-begin': { readonly ask: { readonly id: string }; readonly reply: BegunFile };
  /** One part, as the server gave it. @throws FileError `file.damaged` */
  readonly 'file-open': {
    readonly ask: { readonly id: string; readonly part: number; readonly sealed: Bytes };
    readonly reply: null;
  };
  /** All of it, proved and looked at. @throws FileError: a `Danger`, `file.damaged`, `file.incomplete` */
  readonly 'file-finish': { readonly ask: { readonly id: string }; readonly reply: Blob };
  /** What was being sent or received of it is forgotten; an offer stays. */
  readonly 'file-drop': { readonly ask: { readonly id: string }; readonly reply: null };
}

export type FileCallName = keyof FileCalls;

export interface FileParts {
  readonly parts: number;
  /** Encrypted, all parts together. */
  readonly sealedBytes: number;
}

export interface BegunFile extends FileParts {
  /** Under which the server has it. */
  readonly fileId: string;
}

export interface PreparedFile extends FileParts {
  /** As all others will see it. */
  readonly name: string;
  /** By content. */
  readonly mediaType: string;
}

/** A file that a member offers: all that the page needs to show it. Its key is not among it. */
export interface OfferedFile {
  /** Of this offer by this member, for `file-begin` and what follows it. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly from: { readonly participantId: string; readonly name: string; readonly isGuest: boolean };
}

export type FileNews =
  | { readonly type: 'offered'; readonly file: OfferedFile }
  | { readonly type: 'withdrawn'; readonly id: string };
