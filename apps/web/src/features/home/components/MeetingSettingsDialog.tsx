import '../../policy/texts.ts';
import {
  MEETING_SETTING_IDS,
  type Meeting,
  type MeetingChoices,
  type MeetingPolicy,
  type MeetingSettingId,
  POLICY_ROUTES,
} from '@conclave/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { meetingValues } from '../../policy/components/valueName.ts';
import type { MeetingList } from '../model/meetingList.ts';
import styles from './MeetingSettingsDialog.module.css';

interface Props {
  readonly meeting: Meeting;
  readonly list: MeetingList;
  readonly onClose: () => void;
}

/** What a meeting has otherwise than the organisation's defaults. */
export default function MeetingSettingsDialog(props: Props) {
  const { t } = useTranslation();
  const load = useCallback(() => call(POLICY_ROUTES.meetingPolicy), []);
  const { state, reload } = useLoaded(load);
  if (state.name === 'ready') return <Choices {...props} policy={state.value} />;
  return (
    <Dialog title={t('policy.meeting.title')} onClose={props.onClose}>
      <Shown state={state} reload={reload}>
        {() => null}
      </Shown>
    </Dialog>
  );
}

/** Numbers of people that are offered; another one is kept when it is there already. */
const sizes = [2, 5, 10, 25, 50, 100, 200, 300];

function Choices({ meeting, list, policy, onClose }: Props & { readonly policy: MeetingPolicy }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<MeetingChoices>(meeting.choices);
  const open = MEETING_SETTING_IDS.filter((id) => policy[id].mode === 'default');
  const fixed = MEETING_SETTING_IDS.filter((id) => policy[id].mode !== 'default');
  const choose = (id: MeetingSettingId, value: string) => {
    const { [id]: _, ...others } = choices;
    const chosen = id === 'participants' ? Number(value) : value;
    setChoices(value === '' ? others : ({ ...others, [id]: chosen } as MeetingChoices));
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

  return (
    <FormDialog
      title={t('policy.meeting.title')}
      save={t('ui.save')}
      onSave={async () => {
        await list.choose(meeting.id, choices);
        showToast(t('policy.meeting.saved'));
      }}
      onClose={onClose}
    >
      <p className={styles.lead}>
        {open.length === 0 ? t('policy.meeting.nothing') : t('policy.meeting.lead')}
      </p>
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
    </FormDialog>
  );
}
