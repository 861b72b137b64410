import { LIMITS, type LinkFor, OWN_ACCOUNT_ROUTES, type SignInAnswer } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { session } from '../../account/model/session.ts';
import { NewPasswordField } from '../../password/components/NewPasswordField.tsx';

type Field = 'name' | 'password';

export function ChoosePasswordForm(props: {
  readonly token: string;
  readonly link: LinkFor;
  readonly onBadLink: () => void;
  readonly onDone: (answer: SignInAnswer) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { purpose, email } = props.link;
  const invited = purpose === 'invitation';
  const [name, setName] = useState(props.link.name);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field: Field | null; text: string } | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { token: props.token, password, ...(invited && { name }) };
      const answer = session.answered(await call(OWN_ACCOUNT_ROUTES.useLink, { body }));
      const saved = answer.kind === 'factor' ? t('choosePassword.factor') : null;
      showToast(saved ?? t(`choosePassword.${purpose}.done`));
      props.onDone(answer);
    } catch (thrown) {
      setBusy(false);
      const error = RequestError.of(thrown);
      if (error.code === 'auth.link_invalid') return props.onBadLink();
      const field = error.code.startsWith('password.') ? 'password' : error.field === 'name' ? 'name' : null;
      setProblem({ field, text: errorText(error) });
    }
  };
  const problemOf = (field: Field) => (problem?.field === field ? problem.text : null);
  const changing = (set: (value: string) => void) => (value: string) => {
    set(value);
    setProblem(null);
  };

  return (
    <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
      {/* For password managers, which ask whose password it is. */}
      <input type="text" hidden readOnly autoComplete="username" value={email} />
      {invited && (
        <TextField
          label={t('choosePassword.name')}
          help={t('choosePassword.nameHelp')}
          name="name"
          autoComplete="name"
          maxLength={LIMITS.participantName}
          value={name}
          onChange={changing(setName)}
          error={problemOf('name')}
        />
      )}
      <NewPasswordField
        label={t('choosePassword.password')}
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
        isDisabled={password === '' || (invited && name.trim() === '')}
      >
        {t(`choosePassword.${purpose}.submit`)}
      </Button>
    </form>
  );
}
