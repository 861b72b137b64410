/** Has a context play through this loudspeaker; null: the default one. */
export async function chooseSink(context: AudioContext, speakerId: string | null): Promise<void> {
  if (speakerId === null || !('setSinkId' in context)) return;
  const { setSinkId } = context as { setSinkId(id: string): Promise<void> };
  // A loudspeaker that went away meanwhile: the default one will do.
  await setSinkId.call(context, speakerId).catch(() => {});
}
