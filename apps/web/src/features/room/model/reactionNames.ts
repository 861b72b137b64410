import type { Reaction } from '@conclave/client';

/** The key of each reaction's name among the texts. */
export const reactionNames = {
  '👍': 'thumbsUp',
  '👏': 'clap',
  '❤️': 'heart',
  '😂': 'laugh',
  '🎉': 'party',
  '😮': 'surprise',
  '🤔': 'think',
  '👎': 'thumbsDown',
} as const satisfies Readonly<Record<Reaction, string>>;
