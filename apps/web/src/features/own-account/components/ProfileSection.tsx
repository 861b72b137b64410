import { LIMITS, OWN_ACCOUNT_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Notice } from '../../../ui/Notice.tsx';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import { Section } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { session } from '../../account/model/session.ts';
import { NewPasswordField } from '../../password/components/NewPasswordField.tsx';
import { MailLanguageSection } from './MailLanguageSection.tsx';
import styles from './ProfileSection.module.css';
import { RemovePassword } from './RemovePassword.tsx';

/** One's name, the language of one's mails, and one's password. */
export default function ProfileSection() {
  return (
    <>
      <Profile />
      <MailLanguageSection />
      <Password />
    </>
  );
}

function Profile() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const account = useAccount();
  const [name, setName] = useState(account.name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const changed = await call(OWN_ACCOUNT_ROUTES.changeProfile, { body: { name } });
      session.changed(changed);
      setName(changed.name);
      showToast(t('ownAccount.profile.saved'));
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };

  return (
    <Section title={t('ownAccount.profile.title')} lead={t('ownAccount.profile.lead')}>
      <form className={`${form.form} ${styles.form}`} onSubmit={(event) => void save(event)} noValidate>
        <TextField
          label={t('ownAccount.profile.name')}
          name="name"
          autoComplete="name"
          maxLength={LIMITS.participantName}
          value={name}
          onChange={setName}
          help={account.email}
          error={problem}
        />
        <div>
          <Button type="submit" busy={busy} isDisabled={name.trim() === '' || name === account.name}>
            {t('ownAccount.profile.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Password() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const account = useAccount();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field: 'current' | 'password' | null; text: string } | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { current: account.hasPassword ? current : null, password };
      await call(OWN_ACCOUNT_ROUTES.changePassword, { body });
      session.changed({ ...account, hasPassword: true });
      setCurrent('');
      setPassword('');
      showToast(t('ownAccount.password.changed'));
    } catch (thrown) {
      const error = RequestError.of(thrown);
      const field = error.code.startsWith('password.')
        ? 'password'
        : error.code === 'auth.wrong_credentials'
          ? 'current'
          : null;
      const text = field === 'current' ? t('ownAccount.password.wrong') : errorText(error);
      setProblem({ field, text });
    }
    setBusy(false);
  };
  const problemOf = (field: 'current' | 'password') => (problem?.field === field ? problem.text : null);

  return (
    <Section
      title={t('ownAccount.password.title')}
      lead={account.hasPassword ? t('ownAccount.password.lead') : t('ownAccount.password.none')}
    >
      <form className={`${form.form} ${styles.form}`} onSubmit={(event) => void save(event)} noValidate>
        {/* For password managers, which ask whose password it is. */}
        <input type="text" hidden readOnly autoComplete="username" value={account.email} />
        {account.hasPassword && (
          <PasswordField
            label={t('ownAccount.password.current')}
            name="current-password"
            autoComplete="current-password"
            value={current}
            onChange={(value) => {
              setCurrent(value);
              setProblem(null);
            }}
            error={problemOf('current')}
          />
        )}
        <NewPasswordField
          label={t('ownAccount.password.next')}
          personal={[account.name, account.email]}
          value={password}
          onChange={(value) => {
            setPassword(value);
            setProblem(null);
          }}
          error={problemOf('password')}
        />
        {problem !== null && problem.field === null && (
          <Notice kind="error" live>
            {problem.text}
          </Notice>
        )}
        <div>
          <Button
            type="submit"
            busy={busy}
            isDisabled={password === '' || (account.hasPassword && current === '')}
          >
            {account.hasPassword ? t('ownAccount.password.save') : t('ownAccount.password.set')}
          </Button>
        </div>
      </form>
      {account.hasPassword && <RemovePassword />}
    </Section>
  );
}
