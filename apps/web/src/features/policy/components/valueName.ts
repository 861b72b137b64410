import { MEETING_SETTINGS, type MeetingSettingId, type SettingId } from '@conclave/protocol';
import type { TFunction } from 'i18next';
import type { SelectOption } from '../../../ui/Select.tsx';

/** The word for one value of a setting that has words for its values. */
export function valueName(t: TFunction, id: SettingId, value: string): string {
  return t(`policy.values.${id}.${value}` as 'policy.values.chat.off');
}

/** The values that a meeting may have, in the order of the table; none where it is a number. */
export function meetingValues(t: TFunction, id: MeetingSettingId): SelectOption[] {
  if (id === 'participants') return [];
  const values: readonly string[] = MEETING_SETTINGS[id].value.options;
  return values.map((value) => ({ value, label: valueName(t, id, value) }));
}
