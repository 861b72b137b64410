import '../texts.ts';
import { type LinkFor, OWN_ACCOUNT_ROUTES, Token256 } from '@conclave/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Page } from '../../../ui/Page.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { linkToken } from '../../account/model/linkToken.ts';
import { type InvitedWay, invitedWay } from '../model/invitedWay.ts';
import { ChoosePasswordForm } from './ChoosePasswordForm.tsx';
import { InvitedByProvider } from './InvitedByProvider.tsx';

interface Found {
  readonly link: LinkFor;
  readonly way: InvitedWay;
}

/** Whoever has the link of an invitation, or of a forgotten password, chooses a password and is signed in; where passwords are off, is led to the provider. */
export default function ChoosePasswordPage({ purpose }: { readonly purpose: LinkFor['purpose'] }) {
  const { t } = useTranslation();
  const token = linkToken();
  const [done, setDone] = useState<'signed-in' | 'factor' | null>(null);
  const [bad, setBad] = useState(false);
  const load = useCallback(() => check(token), [token]);
  const { state, reload } = useLoaded(load);

  const found = state.name === 'ready' ? state.value : null;
  const way = found?.way.kind ?? 'password';
  if (done === 'signed-in') return <Navigate to={way === 'prove' ? '/sign-on/connect' : '/'} replace />;
  if (done === 'factor') return <Navigate to="/sign-in" replace />;
  if (token === null) {
    return <Page title={t('choosePassword.noLinkTitle')} lead={t('choosePassword.noLink')} width="narrow" />;
  }
  if (bad || (state.name === 'ready' && (found === null || found.link.purpose !== purpose))) {
    return (
      <Page title={t('choosePassword.badLinkTitle')} lead={t('choosePassword.badLink')} width="narrow">
        <p>
          <Link to="/forgot-password">{t('choosePassword.another')}</Link>
        </p>
      </Page>
    );
  }
  return (
    <Page
      title={t(`choosePassword.${purpose}.title`)}
      {...(found === null
        ? {}
        : {
            lead:
              way === 'password'
                ? t(`choosePassword.${purpose}.lead`, { email: found.link.email })
                : t(`choosePassword.signOn.${way}`, { email: found.link.email }),
          })}
      width="narrow"
    >
      <Shown state={state} reload={reload}>
        {(value) =>
          value !== null &&
          (value.way.kind === 'provider' ? (
            <InvitedByProvider {...value.way} />
          ) : (
            <ChoosePasswordForm
              token={token}
              link={value.link}
              onBadLink={() => setBad(true)}
              onDone={({ kind }) => setDone(kind)}
            />
          ))
        }
      </Shown>
    </Page>
  );
}

/** Null for a link that is no good. */
async function check(token: string | null): Promise<Found | null> {
  if (token === null || !Token256.safeParse(token).success) return null;
  try {
    const link = await call(OWN_ACCOUNT_ROUTES.checkLink, { body: { token } });
    return { link, way: await invitedWay(link) };
  } catch (error) {
    if (RequestError.of(error).code === 'auth.link_invalid') return null;
    throw error;
  }
}
