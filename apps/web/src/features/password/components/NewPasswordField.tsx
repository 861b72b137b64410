import './texts.ts';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import { personalWords, strengthOf } from '../model/strength.ts';
import { StrengthMeter } from './StrengthMeter.tsx';
import { useJudge } from './useJudge.ts';
import { usePasswordRules } from './usePasswordRules.ts';

/** Where somebody chooses a password: how strong it is, and why, while they type. The server decides. */
export function NewPasswordField(props: {
  readonly label: string;
  /** Name and email, which an attacker tries first. */
  readonly personal: readonly [name: string, email: string];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
}) {
  const { t } = useTranslation();
  const judge = useJudge();
  const { passwordLength: min, passwordComposition: made } = usePasswordRules();
  const [name, email] = props.personal;
  const judged = useDeferredValue(props.value);
  const strength = useMemo(
    () => strengthOf(judged, personalWords(name, email), judge, min),
    [judged, name, email, judge, min],
  );
  return (
    <>
      <PasswordField
        label={props.label}
        help={`${t('password.help', { min })}${made === 'any' ? '' : ` ${t(`password.made.${made}`)}`}`}
        name="new-password"
        autoComplete="new-password"
        value={props.value}
        onChange={props.onChange}
        error={props.error}
      />
      <StrengthMeter strength={strength} />
    </>
  );
}
