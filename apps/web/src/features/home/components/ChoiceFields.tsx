import {
  MEETING_SETTING_IDS,
  type MeetingChoices,
  type MeetingPolicy,
  type MeetingSettingId,
} from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { meetingValues } from '../../policy/components/valueName.ts';
import styles from './ChoiceFields.module.css';

/** Numbers of people that are offered; another one is kept when it is there already. */
const sizes = [2, 5, 10, 25, 50, 100, 200, 300];
/** What matters most comes first. */
const order: readonly MeetingSettingId[] = [
  'form',
  'straightIn',
  'guests',
  ...MEETING_SETTING_IDS.filter((id) => id !== 'form' && id !== 'straightIn' && id !== 'guests'),
];

/** What a meeting may have otherwise than the organisation has it, and what it may not. */
export function ChoiceFields(props: {
  readonly policy: MeetingPolicy;
  readonly choices: MeetingChoices;
  readonly onChange: (choices: MeetingChoices) => void;
  readonly lead: string;
}) {
  const { policy, choices } = props;
  const { t } = useTranslation();
  const open = order.filter((id) => policy[id].mode === 'default');
  const fixed = order.filter((id) => policy[id].mode !== 'default');
  const choose = (id: MeetingSettingId, value: string) => {
    const { [id]: _, ...others } = choices;
    const chosen = id === 'participants' ? Number(value) : value;
    props.onChange(value === '' ? others : ({ ...others, [id]: chosen } as MeetingChoices));
  };
  const wordOf = (id: MeetingSettingId) => {
    const setting = policy[id];
    if (setting.mode === 'off') return t('policy.modes.off');
    const value = String(setting.value);
    return optionsOf(id, value).find((option) => option.value === value)?.label ?? value;
  };
  const optionsOf = (id: MeetingSettingId, now: string) => {
    if (id !== 'participants') return meetingValues(t, id);
    const numbers = [...new Set([...sizes, ...(now === '' ? [] : [Number(now)])])].sort((a, b) => a - b);
    return numbers.map((count) => ({ value: String(count), label: t('policy.values.people', { count }) }));
  };

  const inForce = (id: 'form' | 'straightIn') => {
    const setting = policy[id];
    return choices[id] ?? (setting.mode === 'off' ? null : setting.value);
  };
  // A thousand people are let in one by one otherwise, which is found out when it is live.
  const audienceWaits = inForce('form') === 'webinar' && inForce('straightIn') !== 'everybody';

  return (
    <>
      <p className={styles.lead}>{open.length === 0 ? t('policy.meeting.nothing') : props.lead}</p>
      {open.map((id) => {
        const value = String(choices[id] ?? '');
        return (
          <Select
            key={id}
            label={t(`policy.settings.${id}.name`)}
            value={value}
            options={[
              { value: '', label: t('policy.meeting.asOrganisation', { value: wordOf(id) }) },
              ...optionsOf(id, value),
            ]}
            onChange={(next) => choose(id, next)}
          />
        );
      })}
      {audienceWaits && <Notice>{t('policy.meeting.audienceWaits')}</Notice>}
      {fixed.length > 0 && (
        <div className={styles.fixed}>
          <h3>{t('policy.meeting.fixedTitle')}</h3>
          <ul>
            {fixed.map((id) => (
              <li key={id}>
                {t('policy.meeting.fixed', { name: t(`policy.settings.${id}.name`), value: wordOf(id) })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
