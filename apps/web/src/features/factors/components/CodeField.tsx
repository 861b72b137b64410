import type { Ref } from 'react';
import { TextField } from '../../../ui/TextField.tsx';

/** A code that was sent, or that an app shows; phones and password managers fill it in. */
export function CodeField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** False for recovery codes, which have letters and come from no message. */
  readonly digits?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}) {
  const digits = props.digits ?? true;
  return (
    <TextField
      label={props.label}
      name="code"
      code
      autoFocus
      autoComplete={digits ? 'one-time-code' : 'off'}
      {...(digits ? { inputMode: 'numeric' } : {})}
      maxLength={40}
      value={props.value}
      onChange={props.onChange}
      {...(props.inputRef === undefined ? {} : { inputRef: props.inputRef })}
    />
  );
}
