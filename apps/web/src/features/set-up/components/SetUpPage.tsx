import '../../../i18n/accountErrors.ts';
import './texts.ts';
import { ACCOUNT_ROUTES, Token256 } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { linkToken } from '../../account/model/linkToken.ts';
import { session } from '../../account/model/session.ts';
import { OwnerForm } from './OwnerForm.tsx';

type Link = { name: 'checking' } | { name: 'good' } | { name: 'bad' } | { name: 'failed'; error: unknown };

/** First start: whoever holds the one-time link makes the owner's account. */
export default function SetUpPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const token = linkToken();
  const who = useObservable(session.who);
  const [link, setLink] = useState<Link>({ name: 'checking' });
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every try checks again
  useEffect(() => {
    if (token === null) return;
    let wanted = true;
    check(token).then((result) => {
      if (wanted) setLink(result);
    });
    return () => {
      wanted = false;
    };
  }, [token, tries]);

  if (who.name === 'account') return <Navigate to="/" replace />;
  if (token === null) {
    return <Page title={t('setUp.noLinkTitle')} lead={t('setUp.noLink')} width="narrow" />;
  }
  if (link.name === 'bad') {
    return <Page title={t('setUp.badLinkTitle')} lead={t('setUp.badLink')} width="narrow" />;
  }
  return (
    <Page title={t('setUp.title')} lead={t('setUp.lead')} width="narrow">
      {link.name === 'checking' && <Loading />}
      {link.name === 'failed' && (
        <Notice kind="error" live>
          <p>{errorText(link.error)}</p>
          <div>
            <Button onPress={() => setTries(tries + 1)}>{t('ui.tryAgain')}</Button>
          </div>
        </Notice>
      )}
      {link.name === 'good' && <OwnerForm token={token} onBadLink={() => setLink({ name: 'bad' })} />}
    </Page>
  );
}

async function check(token: string): Promise<Link> {
  if (!Token256.safeParse(token).success) return { name: 'bad' };
  try {
    await call(ACCOUNT_ROUTES.checkOwnerLink, { body: { token } });
    return { name: 'good' };
  } catch (error) {
    return RequestError.of(error).code === 'auth.link_invalid' ? { name: 'bad' } : { name: 'failed', error };
  }
}
