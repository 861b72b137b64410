import type { SentCodeKind } from '@conclave/protocol';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import type { ProofKind } from '../model/kinds.ts';
import { CodeField } from './CodeField.tsx';
import styles from './Proof.module.css';
import type { GivenProof } from './Proof.tsx';

/** The form for what is typed: a password, or a code. */
export function ProofForm(props: {
  readonly kind: Exclude<ProofKind, 'passkey'>;
  /** To whom a code went; null before. */
  readonly sentTo: string | null;
  readonly busy: boolean;
  readonly submitText: string;
  readonly onSend: (kind: SentCodeKind) => Promise<void>;
  readonly onSubmit: (proof: GivenProof) => Promise<void>;
}) {
  const { t } = useTranslation();
  const { kind, sentTo } = props;
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const sent = kind === 'email' || kind === 'sms';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed === '') return;
    await props.onSubmit(kind === 'password' ? { kind, password: typed } : { kind, code: typed });
    // One that was wrong, or was used, is typed anew.
    if (kind !== 'password') setTyped('');
    field.current?.focus();
  };

  if (sent && sentTo === null) {
    return (
      <Button look="primary" wide busy={props.busy} autoFocus onPress={() => void props.onSend(kind)}>
        {t('proof.send')}
      </Button>
    );
  }
  return (
    <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
      {sentTo !== null && (
        <p className={styles.lead} role="status">
          {t('proof.sent', { to: sentTo })}
        </p>
      )}
      {kind === 'password' ? (
        <PasswordField
          label={t('proof.password')}
          inputRef={field}
          name="password"
          autoComplete="current-password"
          autoFocus
          value={typed}
          onChange={setTyped}
        />
      ) : (
        <CodeField
          label={kind === 'recovery' ? t('proof.recoveryCode') : t('proof.code')}
          digits={kind !== 'recovery'}
          inputRef={field}
          value={typed}
          onChange={setTyped}
        />
      )}
      <Button type="submit" look="primary" wide busy={props.busy} isDisabled={typed === ''}>
        {props.submitText}
      </Button>
      {sent && (
        <Button look="quiet" wide onPress={() => void props.onSend(kind)}>
          {t('proof.sendAgain')}
        </Button>
      )}
    </form>
  );
}
