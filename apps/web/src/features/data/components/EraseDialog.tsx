import { type Erasure, StaysAfterErasure } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './Data.module.css';

/** Asks for the address once more, and says what stays. */
export function EraseDialog(props: {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly email: string;
  readonly onErase: (email: string) => Promise<Erasure>;
  readonly onErased: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  return (
    <FormDialog
      title={props.title}
      save={t('data.admin.eraseConfirm')}
      disabled={typed.trim().toLowerCase() !== props.email}
      onSave={async () => {
        await props.onErase(typed);
        props.onErased();
      }}
      onClose={props.onClose}
    >
      <p>{props.text}</p>
      <Stays />
      <TextField
        label={props.label}
        type="email"
        autoComplete="off"
        autoFocus
        value={typed}
        onChange={setTyped}
      />
    </FormDialog>
  );
}

export function Stays() {
  const { t } = useTranslation();
  return (
    <div>
      <strong>{t('data.stays.title')}</strong>
      <ul className={styles.stays}>
        {StaysAfterErasure.options.map((what) => (
          <li key={what}>{t(`data.stays.${what}`)}</li>
        ))}
      </ul>
    </div>
  );
}
