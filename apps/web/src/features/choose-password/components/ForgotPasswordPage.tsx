import '../texts.ts';
import { LIMITS, OWN_ACCOUNT_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Page } from '../../../ui/Page.tsx';
import { TextField } from '../../../ui/TextField.tsx';

/** Somebody who forgot the password asks for a link. What they are told is the same for every address. */
export default function ForgotPasswordPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await call(OWN_ACCOUNT_ROUTES.askForReset, { body: { email } });
      setSent(true);
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };

  if (sent) {
    return (
      <Page
        title={t('choosePassword.forgot.sentTitle')}
        lead={t('choosePassword.forgot.sent', { email })}
        width="narrow"
      >
        <p>
          <Link to="/sign-in">{t('choosePassword.forgot.back')}</Link>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t('choosePassword.forgot.title')} lead={t('choosePassword.forgot.lead')} width="narrow">
      <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          maxLength={LIMITS.email}
          value={email}
          onChange={setEmail}
          error={problem}
        />
        <Button type="submit" look="primary" wide busy={busy} isDisabled={email.trim() === ''}>
          {t('choosePassword.forgot.submit')}
        </Button>
        <p>
          <Link to="/sign-in">{t('choosePassword.forgot.back')}</Link>
        </p>
      </form>
    </Page>
  );
}
