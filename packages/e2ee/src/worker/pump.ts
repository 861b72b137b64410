import type { EncodedFrame, Transformer } from './transformer.ts';

/**
 * Takes each frame from a transformer's readable end to its writable one, in order, or drops it. A loop of our own: a
 * TransformStream between two pipes does the same at several turns of the event loop for each frame, which a call of many
 * lines feels.
 *
 * Ends when either end does: with an error on one, the other gets it too (Streams Standard, "pipe to").
 *
 * @param pass whether the frame goes on; it may be changed in place
 */
export async function pump(
  { readable, writable }: Pick<Transformer, 'readable' | 'writable'>,
  pass: (frame: EncodedFrame) => Promise<boolean>,
): Promise<void> {
  const reader = readable.getReader();
  const writer = writable.getWriter();
  // Somebody may close that end while no frame comes.
  writer.closed.catch((error) => reader.cancel(error)).catch(() => {});
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (await pass(value)) await writer.write(value);
    }
    await writer.close();
  } catch (error) {
    await Promise.allSettled([reader.cancel(error), writer.abort(error)]);
    throw error;
  }
}
