import { LIMITS } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { session } from '../../account/model/session.ts';
import { NewPasswordField } from '../../password/components/NewPasswordField.tsx';

type Field = 'name' | 'email' | 'password';
interface Problem {
  readonly field: Field | null;
  readonly text: string;
}

export function OwnerForm(props: { readonly token: string; readonly onBadLink: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await session.createOwner({ token: props.token, name, email, password });
      showToast(t('setUp.done'));
    } catch (thrown) {
      setBusy(false);
      const error = RequestError.of(thrown);
      if (error.code === 'auth.link_invalid') return props.onBadLink();
      const field = fieldOf(error);
      const unreadable = error.code === 'request.invalid' && (field === 'name' || field === 'email');
      setProblem({ field, text: unreadable ? t(`setUp.invalid.${field}`) : errorText(error) });
    }
  };
  const problemOf = (field: Field) => (problem?.field === field ? problem.text : null);
  // An answer is about what was sent; it goes when that is changed.
  const changing = (set: (value: string) => void) => (value: string) => {
    set(value);
    setProblem(null);
  };

  return (
    <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={t('setUp.name')}
        help={t('setUp.nameHelp')}
        name="name"
        autoComplete="name"
        autoFocus
        maxLength={LIMITS.participantName}
        value={name}
        onChange={changing(setName)}
        error={problemOf('name')}
      />
      <TextField
        label={t('signIn.email')}
        type="email"
        name="email"
        autoComplete="username"
        maxLength={LIMITS.email}
        value={email}
        onChange={changing(setEmail)}
        error={problemOf('email')}
      />
      <NewPasswordField
        label={t('signIn.password')}
        personal={[name, email]}
        value={password}
        onChange={changing(setPassword)}
        error={problemOf('password')}
      />
      {problem !== null && problem.field === null && (
        <Notice kind="error" live>
          {problem.text}
        </Notice>
      )}
      <Button
        type="submit"
        look="primary"
        wide
        busy={busy}
        isDisabled={name.trim() === '' || email.trim() === '' || password === ''}
      >
        {t('setUp.submit')}
      </Button>
    </form>
  );
}

function fieldOf(error: RequestError): Field | null {
  if (error.code.startsWith('password.')) return 'password';
  if (error.code === 'account.exists') return 'email';
  return error.field === 'name' || error.field === 'email' || error.field === 'password' ? error.field : null;
}
