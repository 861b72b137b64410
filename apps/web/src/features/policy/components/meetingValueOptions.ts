import type { MeetingSettingId } from '@conclave/protocol';
import type { TFunction } from 'i18next';
import type { SelectOption } from '../../../ui/Select.tsx';

/** The values of a setting of meetings that has names for them, in the order of the table. */
export function meetingValueOptions(t: TFunction, id: MeetingSettingId): SelectOption[] {
  if (id === 'participants') return [];
  const words = t(`policy.values.${id}`, { returnObjects: true }) as Record<string, string>;
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
