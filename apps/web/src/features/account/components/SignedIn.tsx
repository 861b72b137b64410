import '../../../i18n/accountErrors.ts';
import type { Account } from '@conclave/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page, type PageProps } from '../../../ui/Page.tsx';
import { StepUpHost } from '../../factors/components/StepUpHost.tsx';
import { session } from '../model/session.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { AccountContext } from './useAccount.ts';
import { useWho } from './useWho.ts';

/** A page of somebody who is signed in; everybody else is led to signing in. */
export function SignedIn(props: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly width?: PageProps['width'];
  readonly about?: boolean;
  /** Open to somebody who must set up a second factor first; from all others they are led to do so. */
  readonly whileRestricted?: true;
  readonly children: (account: Account) => ReactNode;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const who = useWho();
  const { pathname } = useLocation();
  if (who.name === 'nobody') return <Navigate to="/sign-in" replace state={{ from: pathname }} />;
  if (who.name === 'account') {
    if (who.account.restricted && props.whileRestricted !== true) return <Navigate to="/account" replace />;
    return (
      <AccountContext value={who.account}>
        <Page
          title={props.title}
          actions={props.actions}
          end={<AccountMenu account={who.account} />}
          about={props.about ?? false}
          {...(props.width === undefined ? {} : { width: props.width })}
        >
          {props.children(who.account)}
        </Page>
        <StepUpHost />
      </AccountContext>
    );
  }
  return (
    <Page title={props.title}>
      {who.name === 'unknown' ? (
        <Loading />
      ) : (
        <Notice kind="error" live>
          <p>{errorText(who.error)}</p>
          <div>
            <Button onPress={() => void session.reload()}>{t('ui.tryAgain')}</Button>
          </div>
        </Notice>
      )}
    </Page>
  );
}
