import { MEETING_SETTING_IDS, MEETING_SETTINGS, type MeetingChoices } from '@conclave/protocol';

/** What is stored of a meeting's choices, each checked by itself: what this release does not know, nobody has chosen. */
export function readChoices(stored: unknown): MeetingChoices {
  if (typeof stored !== 'object' || stored === null) return {};
  const known = MEETING_SETTING_IDS.flatMap((id) => {
    const value = MEETING_SETTINGS[id].value.safeParse((stored as Record<string, unknown>)[id]);
    return value.success ? [[id, value.data] as const] : [];
  });
  return Object.fromEntries(known);
}
