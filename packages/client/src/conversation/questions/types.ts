import type { Observable } from '../../observable.ts';

/** A question of the audience of a webinar. */
export interface Question {
  readonly id: string;
  readonly text: string;
  /** ms since 1970. */
  readonly at: number;
  /** Who asked; null to whoever is not told. */
  readonly by: string | null;
  readonly own: boolean;
  /** `pending`: on its way. `failed`: it did not get out. */
  readonly state: 'pending' | 'failed' | 'open' | 'answered' | 'dismissed';
  /** Null while there is none, and when it was answered by word of mouth. */
  readonly answer: string | null;
}

export interface Questions {
  /** In the order in which they came: to those on stage all, to others their own and those that were answered. */
  readonly all: Observable<readonly Question[]>;
  /** @returns false when nothing can be asked so */
  ask(text: string): boolean;
  /**
   * For those on stage: shows question and answer to everybody, and not who asked.
   * @param text nothing: it is answered by word of mouth
   * @returns false when nothing can be answered so
   */
  answer(id: string, text: string): boolean;
  /** For those on stage: it is not answered. */
  dismiss(id: string): void;
}
