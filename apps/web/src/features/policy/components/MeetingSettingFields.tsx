import {
  MEETING_SETTINGS,
  type MeetingSettingId,
  type Policy,
  type PolicyChanges,
  PRESETS,
} from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { Field } from './Field.tsx';
import { NumberField } from './NumberField.tsx';
import { meetingValues } from './valueName.ts';

/** What meetings have, and whether their hosts may have it otherwise. */
export function MeetingSettingFields(props: {
  readonly id: MeetingSettingId;
  readonly name: string;
  readonly policy: Policy;
  readonly disabled: boolean;
  readonly onChange: (changes: PolicyChanges) => void;
}) {
  const { id, name, policy, disabled } = props;
  const { t } = useTranslation();
  const setting = policy[id];
  const value = setting.mode === 'off' ? null : setting.value;
  const set = (mode: string, next: string | number) =>
    props.onChange({ [id]: mode === 'off' ? { mode } : { mode, value: next } } as PolicyChanges);
  /** What was there before it was off for the whole service. */
  const former = (): string | number => {
    const standard = PRESETS.open[id];
    return standard.mode === 'off' ? '' : standard.value;
  };
  const modes = MEETING_SETTINGS[id].off === null ? ['default', 'enforced'] : ['default', 'enforced', 'off'];

  return (
    <>
      {value !== null && id === 'participants' && (
        <NumberField
          name={name}
          value={Number(value)}
          min={2}
          max={300}
          disabled={disabled}
          onChange={(next) => set(setting.mode, next)}
        />
      )}
      {value !== null && id !== 'participants' && (
        <Field
          name={name}
          value={String(value)}
          disabled={disabled}
          options={meetingValues(t, id)}
          onChange={(next) => set(setting.mode, next)}
        />
      )}
      <Field
        name={t('policy.modeOf', { name })}
        value={setting.mode}
        disabled={disabled}
        options={modes.map((mode) => ({ value: mode, label: t(`policy.modes.${mode as 'off'}`) }))}
        onChange={(mode) => set(mode, value ?? former())}
      />
    </>
  );
}
