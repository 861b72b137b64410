import { useEffect, useState } from 'react';
import styles from './Field.module.css';

/** A whole number. What is not one, or too large or small, is put right when the field is left. */
export function NumberField(props: {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
}) {
  const { value, min, max, onChange } = props;
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const settle = () => {
    const number = Math.round(Number(text));
    const next = Number.isFinite(number) && text.trim() !== '' ? Math.min(max, Math.max(min, number)) : value;
    setText(String(next));
    if (next !== value) onChange(next);
  };
  return (
    <span className={styles.number}>
      <input
        type="number"
        inputMode="numeric"
        aria-label={props.name}
        min={min}
        max={max}
        step={1}
        value={text}
        disabled={props.disabled}
        onChange={(event) => {
          setText(event.target.value);
          const number = Number(event.target.value);
          if (Number.isInteger(number) && number >= min && number <= max) onChange(number);
        }}
        onBlur={settle}
      />
      {props.unit !== undefined && <span>{props.unit}</span>}
    </span>
  );
}
