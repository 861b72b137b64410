import '../../../i18n/accountErrors.ts';
import type { FactorKind, SignOnFactor } from '@conclave/protocol';
import { type FormEvent, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import * as z from 'zod/mini';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import form from '../../../ui/form.module.css';
import { Loading } from '../../../ui/Loading.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import PasskeySignIn from '../../factors/components/PasskeySignIn.tsx';
import { Or, ProviderButtons } from '../../sign-on/components/ProviderButtons.tsx';
import { useProviderVisit } from '../../sign-on/components/useProviderVisit.ts';
import { useRefusal } from '../../sign-on/components/useRefusal.ts';
import { useSignOnFactor } from '../../sign-on/components/useSignOnFactor.ts';
import { useSignOnWays } from '../../sign-on/components/useSignOnWays.ts';
import { providerMeant } from '../../sign-on/model/providerMeant.ts';
import { session } from '../model/session.ts';
import { useWho } from './useWho.ts';

const SecondStep = lazyPart(() => import('../../factors/components/SecondStep.tsx'));

/** Where somebody was going when they were asked to sign in: a path of ours, never another origin. */
const From = z.object({
  from: z.string().check(z.regex(/^\/(?!\/)/)),
  /** The address, where it is known already. */
  email: z.optional(z.string()),
});

interface Asked {
  readonly challenge: string;
  readonly factors: readonly FactorKind[];
}

export default function SignInPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const who = useWho();
  const navigate = useNavigate();
  const state = z.safeParse(From, useLocation().state);
  const from = state.success ? state.data.from : '/';
  const [email, setEmail] = useState(state.success ? (state.data.email ?? '') : '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(useRefusal());
  const [asked, setAsked] = useState<Asked | null>(null);
  const { choices, routed, route } = useSignOnWays(email);
  // Owners may have to get in when no provider answers, and whoever connects an account shows that it is theirs.
  const [byPassword, setByPassword] = useState(from === '/sign-on/connect');
  const passwords = choices?.ssoOnly !== true || byPassword;
  const providers = from === '/sign-on/connect' ? [] : (choices?.providers ?? []);
  const visit = useProviderVisit(from);
  const meant = passwords ? routed : providerMeant(providers, routed);
  // Without passwords the address only says which of several providers is meant.
  const asksAddress = passwords || providers.length > 1;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!passwords) {
      const provider = meant ?? (await route());
      if (provider === null) setProblem(t('signOn.choose'));
      else await visit.go(provider);
      return;
    }
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
  // After a provider for which our own second factor is asked for besides: on to where the person was going.
  const askedAfterProvider = useCallback(
    (factor: SignOnFactor) => {
      setAsked(factor);
      void navigate('/sign-in', { replace: true, state: { from: factor.returnTo } });
    },
    [navigate],
  );
  useSignOnFactor(askedAfterProvider, startOver);
  const signedIn = useCallback((answer: Parameters<typeof session.answered>[0]) => {
    session.answered(answer);
  }, []);

  if (who.name === 'account') return <Navigate to={from} replace />;
  if (asked !== null) {
    return (
      <Suspense fallback={<Loading />}>
        <SecondStep
          challenge={asked.challenge}
          factors={asked.factors}
          onSignedIn={signedIn}
          onStartOver={startOver}
        />
      </Suspense>
    );
  }
  const address = asksAddress && (
    <TextField
      label={t('signIn.email')}
      type="email"
      name="email"
      autoComplete={passwords ? 'username webauthn' : 'username'}
      autoFocus
      value={email}
      onChange={setEmail}
      {...(passwords ? {} : { help: t('signOn.addressHelp') })}
    />
  );
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} width="narrow" about>
      {who.name === 'nobody' && who.needsOwner && <Notice>{t('signIn.needsOwner')}</Notice>}
      <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
        {!(passwords && choices?.ssoOnly === true) && address}
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        {providers.length > 0 && (
          <>
            {choices?.ssoOnly === true && <p>{t('signOn.only')}</p>}
            <ProviderButtons providers={providers} meant={meant} visit={visit} focused={!asksAddress} />
          </>
        )}
        {!passwords && (
          <Button look="quiet" onPress={() => setByPassword(true)}>
            {t('signOn.usePassword')}
          </Button>
        )}
        {passwords && (
          <>
            {providers.length > 0 && <Or />}
            {choices?.ssoOnly === true && address}
            <PasswordField
              label={t('signIn.password')}
              name="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
            />
            <Button
              type="submit"
              look={routed === null ? 'primary' : 'plain'}
              wide
              busy={busy}
              isDisabled={email === '' || password === ''}
            >
              {t('signIn.submit')}
            </Button>
            <PasskeySignIn paused={busy} onSignedIn={signedIn} onProblem={setProblem} />
            <p>
              <Link to="/forgot-password">{t('signIn.forgot')}</Link>
            </p>
          </>
        )}
      </form>
    </Page>
  );
}
