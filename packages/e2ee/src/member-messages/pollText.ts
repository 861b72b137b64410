import { isChatText, toChatText } from './chatText.ts';

export const POLL_LIMITS = {
  /** Of one meeting, those that are closed among them. */
  polls: 20,
  /** Code points. */
  question: 200,
  option: 100,
  fewestOptions: 2,
  options: 10,
  /** Whose votes are kept of one poll, and told again. */
  voters: 1_000,
} as const;

/** Whether it is a question or an option as members may send it: a text as in chat, of one line without space at its ends. */
export function isPollText(text: string, limit: number): boolean {
  return isChatText(text) && !/[\t\n]/.test(text) && text.trim() === text && [...text].length <= limit;
}

/** What somebody typed, as it can be sent; null when nothing is left of it, or it is too long. */
export function toPollText(typed: string, limit: number): string | null {
  const text = toChatText(typed.replace(/\s+/gu, ' '));
  return text !== null && isPollText(text, limit) ? text : null;
}
