import {
  AllowedFactor,
  type MeetingSettingId,
  type Policy,
  type PolicyChanges,
  SERVICE_SETTINGS,
  type SettingId,
} from '@conclave/protocol';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import type { SelectOption } from '../../../ui/Select.tsx';
import { DaysField } from './DaysField.tsx';
import styles from './Field.module.css';
import { Field } from './Field.tsx';
import { NumberField } from './NumberField.tsx';
import { valueName } from './valueName.ts';

const builtinRoles = ['member', 'organiser', 'auditor'] as const;
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
    case 'calls':
    case 'directory':
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
      const known = builtinRoles.map((role) => ({ value: role as string, label: valueName(t, id, role) }));
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
              <Checkbox
                key={factor}
                checked={on}
                disabled={disabled || last}
                onChange={() =>
                  onChange({
                    factors: AllowedFactor.options.filter((one) =>
                      one === factor ? !on : policy.factors.includes(one),
                    ),
                  })
                }
              >
                {t(`policy.values.factors.${factor}`)}
              </Checkbox>
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
    case 'keepMissedCallsDays':
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

type Chosen = 'signOn' | 'secondFactor' | 'passwordComposition' | 'calls' | 'directory';

function optionsOf(t: TFunction, id: Chosen): SelectOption[] {
  return SERVICE_SETTINGS[id].options.map((value) => ({ value, label: valueName(t, id, value) }));
}
