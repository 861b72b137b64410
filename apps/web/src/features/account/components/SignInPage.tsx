import '../../../i18n/accountErrors.ts';
import type { FactorKind } from '@conclave/protocol';
import { type FormEvent, lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router';
import * as z from 'zod/mini';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import PasskeySignIn from '../../factors/components/PasskeySignIn.tsx';
import { session } from '../model/session.ts';
import { useWho } from './useWho.ts';

const SecondStep = lazy(() => import('../../factors/components/SecondStep.tsx'));

/** Where somebody was going when they were asked to sign in: a path of ours, never another origin. */
const From = z.object({ from: z.string().check(z.regex(/^\/(?!\/)/)) });

interface Asked {
  readonly challenge: string;
  readonly factors: readonly FactorKind[];
}

export default function SignInPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const who = useWho();
  const from = z.safeParse(From, useLocation().state);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const answer = await session.signIn(email, password);
      if (answer.kind === 'factor') {
        setAsked(answer);
        setPassword('');
      }
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  const startOver = useCallback(
    (error: unknown) => {
      setAsked(null);
      setProblem(error === null ? null : errorText(error));
    },
    [errorText],
  );
  const signedIn = useCallback((answer: Parameters<typeof session.answered>[0]) => {
    session.answered(answer);
  }, []);

  if (who.name === 'account') return <Navigate to={from.success ? from.data.from : '/'} replace />;
  if (asked !== null) {
    return (
      <Suspense fallback={<Loading />}>
        <SecondStep {...asked} onSignedIn={signedIn} onStartOver={startOver} />
      </Suspense>
    );
  }
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} width="narrow" about>
      {who.name === 'nobody' && who.needsOwner && <Notice>{t('signIn.needsOwner')}</Notice>}
      <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={setEmail}
        />
        <PasswordField
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        <Button type="submit" look="primary" wide busy={busy} isDisabled={email === '' || password === ''}>
          {t('signIn.submit')}
        </Button>
        <PasskeySignIn onSignedIn={signedIn} onProblem={setProblem} />
        <p>
          <Link to="/forgot-password">{t('signIn.forgot')}</Link>
        </p>
      </form>
    </Page>
  );
}
