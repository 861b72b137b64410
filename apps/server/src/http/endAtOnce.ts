import type { Duplex } from 'node:stream';

/**
 * The last words on a connection. Node keeps its own half open until the other side ends too, which a stranger never
 * needs to do: so the connection is given up as soon as the words are out.
 */
export function endAtOnce(stream: Duplex, words: string): void {
  stream.once('finish', () => stream.destroy());
  stream.end(words);
}
