import type { Meeting, ModeratedPeople } from '@conclave/client';
import { SOURCES } from '../../model/orderNews.ts';

export const everybody: ModeratedPeople = { who: 'all', except: [] };

/** Takes back what the emergency has ordered. */
export async function lift({ moderation, state }: Meeting): Promise<void> {
  const { controls } = state.get();
  await moderation.hold(SOURCES, everybody, false);
  await moderation.lock(false);
  if (controls.includes('chat')) await moderation.chat(null);
}
