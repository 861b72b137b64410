import type { LeaveReason } from '@conclave/protocol';
import { VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Button } from '../../../ui/Button.tsx';
import { Page } from '../../../ui/Page.tsx';
import styles from './Left.module.css';

/** Said only when every track has been stopped (D7). */
export function Left(props: {
  readonly reason: LeaveReason;
  readonly signedIn: boolean;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <Page title={t('visit.left.title')} width="narrow">
      <p className={styles.certain} role="status">
        <VideoOff size={24} aria-hidden="true" />
        <span>{t(`visit.left.${props.reason}`)}</span>
      </p>
      <div className={styles.actions}>
        {props.reason === 'members-only' && !props.signedIn && (
          <Button look="primary" onPress={() => void navigate('/sign-in', { state: { from: pathname } })}>
            {t('signIn.submit')}
          </Button>
        )}
        {props.reason !== 'meeting-ended' && <Button onPress={props.onAgain}>{t('visit.left.again')}</Button>}
        {props.signedIn && (
          <Button look="quiet" onPress={() => void navigate('/')}>
            {t('visit.left.home')}
          </Button>
        )}
      </div>
      {!props.signedIn && <p className={styles.close}>{t('visit.left.close')}</p>}
    </Page>
  );
}
