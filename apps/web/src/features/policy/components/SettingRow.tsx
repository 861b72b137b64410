import { isMeetingSetting, type Policy, type PolicyChanges, type SettingId } from '@conclave/protocol';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { anchorOf } from '../model/groups.ts';
import { MeetingSettingFields } from './MeetingSettingFields.tsx';
import styles from './Policy.module.css';
import { ServiceSettingField } from './ServiceSettingField.tsx';

/** One setting: what it is in a line, and its value. */
export function SettingRow(props: {
  readonly id: SettingId;
  readonly policy: Policy;
  readonly pinned: boolean;
  readonly disabled: boolean;
  readonly changed: boolean;
  /** Why this value does not do. */
  readonly problem: string | null;
  readonly onChange: (changes: PolicyChanges) => void;
}) {
  const { id, policy, pinned, changed, problem, onChange } = props;
  const { t } = useTranslation();
  const name = t(`policy.settings.${id}.name`);
  const disabled = props.disabled || pinned;
  return (
    <li id={anchorOf(id)} className={changed ? `${styles.row} ${styles.changed}` : styles.row}>
      <div className={styles.words}>
        <h3>
          {name}
          {changed && <span className={styles.mark}>{t('policy.changed')}</span>}
        </h3>
        <p>{t(`policy.settings.${id}.help`)}</p>
        {pinned && (
          <p className={styles.pinned}>
            <Lock size={14} aria-hidden="true" /> {t('policy.pinned')}
          </p>
        )}
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <div className={styles.fields}>
        {isMeetingSetting(id) ? (
          <MeetingSettingFields id={id} name={name} policy={policy} disabled={disabled} onChange={onChange} />
        ) : (
          <ServiceSettingField id={id} name={name} policy={policy} disabled={disabled} onChange={onChange} />
        )}
      </div>
    </li>
  );
}
