import { CONTROLS, type Control } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import styles from './CohostsSection.module.css';

/** Each of a host's controls, given or not. */
export function ControlBoxes(props: {
  readonly legend: string;
  readonly controls: readonly Control[];
  readonly onChange: (controls: Control[]) => void;
}) {
  const { t } = useTranslation();
  const set = (control: Control, on: boolean) =>
    props.onChange(CONTROLS.filter((one) => (one === control ? on : props.controls.includes(one))));
  return (
    <fieldset className={styles.controls}>
      <legend>{props.legend}</legend>
      {CONTROLS.map((control) => (
        <Checkbox
          key={control}
          checked={props.controls.includes(control)}
          onChange={(on) => set(control, on)}
        >
          {t(`organise.cohosts.controls.${control}`)}
        </Checkbox>
      ))}
    </fieldset>
  );
}
