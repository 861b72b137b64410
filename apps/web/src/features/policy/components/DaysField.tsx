import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import styles from './Field.module.css';
import { NumberField } from './NumberField.tsx';

const atFirst = 365;

/** Days after which something is deleted, or never. */
export function DaysField(props: {
  readonly name: string;
  readonly value: number | null;
  readonly disabled: boolean;
  readonly onChange: (value: number | null) => void;
}) {
  const { name, value, disabled, onChange } = props;
  const { t } = useTranslation();
  return (
    <div className={styles.days}>
      {value !== null && (
        <NumberField
          name={name}
          value={value}
          min={1}
          max={3650}
          unit={t('policy.days')}
          disabled={disabled}
          onChange={onChange}
        />
      )}
      <Checkbox
        checked={value === null}
        disabled={disabled}
        onChange={(keep) => onChange(keep ? null : atFirst)}
      >
        {t('policy.keep')}
      </Checkbox>
    </div>
  );
}
