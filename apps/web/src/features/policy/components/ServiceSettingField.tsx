import {
  AllowedFactor,
  type MeetingSettingId,
  type Policy,
  type PolicyChanges,
  type SettingId,
} from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { Check } from '../../../ui/Check.tsx';
import { DaysField } from './DaysField.tsx';
import { Field } from './Field.tsx';
import styles from './Field.module.css';
import { NumberField } from './NumberField.tsx';

type Id = Exclude<SettingId, MeetingSettingId>;

/** The value of a setting of the whole service. */
export function ServiceSettingField(props: {
  readonly id: Id;
  readonly name: string;
  readonly policy: Policy;
  readonly disabled: boolean;
  readonly onChange: (changes: PolicyChanges) => void;
}) {
  const { id, name, policy, disabled, onChange } = props;
  const { t } = useTranslation();
  const shared = { name, disabled };
  switch (id) {
    case 'signOn':
    case 'secondFactor':
    case 'passwordComposition':
      return (
        <Field
          {...shared}
          value={policy[id]}
          options={optionsOf(t, id)}
          onChange={(value) => onChange({ [id]: value } as PolicyChanges)}
        />
      );
    case 'newAccountRole': {
      const value = policy.newAccountRole;
      const known = optionsOf(t, id).filter((option) => option.value !== 'other');
      const own = known.some((option) => option.value === value)
        ? []
        : [{ value, label: t('policy.values.newAccountRole.other') }];
      return (
        <Field
          {...shared}
          value={value}
          options={[...known, ...own]}
          onChange={(role) => onChange({ newAccountRole: role })}
        />
      );
    }
    case 'factors':
      return (
        <fieldset className={styles.checks}>
          <legend className="visually-hidden">{name}</legend>
          {AllowedFactor.options.map((factor) => {
            const on = policy.factors.includes(factor);
            const last = on && policy.factors.length === 1;
            return (
              <Check
                key={factor}
                label={t(`policy.values.factors.${factor}`)}
                on={on}
                disabled={disabled || last}
                onChange={() =>
                  onChange({
                    factors: AllowedFactor.options.filter((one) => (one === factor ? !on : policy.factors.includes(one))),
                  })
                }
              />
            );
          })}
        </fieldset>
      );
    case 'passwordLength':
      return (
        <NumberField
          {...shared}
          value={policy.passwordLength}
          min={8}
          max={64}
          onChange={(passwordLength) => onChange({ passwordLength })}
        />
      );
    case 'sessionIdleDays':
    case 'sessionAbsoluteDays':
    case 'keepMailsDays':
    case 'keepDevicesDays':
      return (
        <NumberField
          {...shared}
          value={policy[id]}
          min={1}
          max={id === 'sessionIdleDays' ? 90 : 365}
          unit={t('policy.days')}
          onChange={(days) => onChange({ [id]: days })}
        />
      );
    case 'keepUnusedMeetingsDays':
    case 'keepSuspendedAccountsDays':
      return <DaysField {...shared} value={policy[id]} onChange={(days) => onChange({ [id]: days })} />;
    case 'storageLocation':
    case 'mediaLocation':
    case 'dataContact':
      return (
        <textarea
          className={styles.text}
          aria-label={name}
          rows={2}
          maxLength={500}
          disabled={disabled}
          value={policy[id]}
          onChange={(event) => onChange({ [id]: event.target.value })}
        />
      );
  }
}

function optionsOf(
  t: ReturnType<typeof useTranslation>['t'],
  id: 'signOn' | 'secondFactor' | 'passwordComposition' | 'newAccountRole',
) {
  const words = t(`policy.values.${id}`, { returnObjects: true }) as Record<string, string>;
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
