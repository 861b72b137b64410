import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import styles from './TextField.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly name?: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly help?: ReactNode;
  /** Shown, and read out, when there is one. */
  readonly error?: string | null;
  /** Something at the field's end, such as a button. */
  readonly end?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** For passcodes: letters one can tell apart, no capitals and no correction by the keyboard. */
  readonly code?: boolean;
  /** Which keyboard a phone shows. */
  readonly inputMode?: 'numeric' | 'tel';
}

export function TextField(props: TextFieldProps) {
  const error = props.error ?? null;
  return (
    <AriaTextField
      className={styles.field ?? ''}
      value={props.value}
      onChange={props.onChange}
      isInvalid={error !== null}
      isRequired={props.required ?? false}
      validationBehavior="aria"
      type={props.type ?? 'text'}
      {...(props.name === undefined ? {} : { name: props.name })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.autoComplete === undefined ? {} : { autoComplete: props.autoComplete })}
      {...(props.code === true ? { spellCheck: 'false', autoCorrect: 'off' } : {})}
      autoFocus={props.autoFocus ?? false}
    >
      <Label className={styles.label ?? ''}>{props.label}</Label>
      <span className={styles.row}>
        <Input
          className={props.code === true ? `${styles.input} ${styles.code}` : (styles.input ?? '')}
          {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
          autoCapitalize={props.type === undefined && props.code !== true ? 'words' : 'none'}
          {...(props.inputRef === undefined ? {} : { ref: props.inputRef })}
        />
        {props.end !== undefined && <span className={styles.end}>{props.end}</span>}
      </span>
      {props.help !== undefined && (
        <Text slot="description" className={styles.help ?? ''}>
          {props.help}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
