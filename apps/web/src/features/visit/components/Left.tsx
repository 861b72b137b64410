import './overTexts.ts';
import type { LeaveReason } from '@conclave/protocol';
import { VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Button } from '../../../ui/Button.tsx';
import { Page } from '../../../ui/Page.tsx';
import styles from './Left.module.css';

/** Where it would be refused, or there is nothing to return to. */
const nothingToReturnTo: ReadonlySet<LeaveReason> = new Set(['meeting-ended', 'removed', 'uninvited']);

/** Said only when every track has been stopped (D7). Whoever did not leave by themselves is told why, by whom, and what now. */
export default function Left(props: {
  readonly reason: LeaveReason;
  /** The host who did it. */
  readonly by: string | null;
  readonly signedIn: boolean;
  readonly onAgain: () => void;
}) {
  const { reason, by, signedIn } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const asksAgain = reason === 'turned-away' || reason === 'waited-too-long' || reason === 'lobby-full';
  return (
    <Page title={titleOf()} width="narrow">
      <p className={styles.certain} role="status">
        <VideoOff size={24} aria-hidden="true" />
        <span dir="auto">{textOf()}</span>
      </p>
      {(reason === 'removed' || reason === 'uninvited' || asksAgain) && (
        <p>{t(`visit.left.next.${reason}`)}</p>
      )}
      <div className={styles.actions}>
        {reason === 'members-only' && !signedIn && (
          <Button look="primary" onPress={() => void navigate('/sign-in', { state: { from: pathname } })}>
            {t('signIn.submit')}
          </Button>
        )}
        {!nothingToReturnTo.has(reason) && (
          <Button onPress={props.onAgain}>{t(asksAgain ? 'visit.left.askAgain' : 'visit.left.again')}</Button>
        )}
        {signedIn && (
          <Button look="quiet" onPress={() => void navigate('/')}>
            {t('visit.left.home')}
          </Button>
        )}
      </div>
      {!signedIn && <p className={styles.close}>{t('visit.left.close')}</p>}
    </Page>
  );

  function titleOf(): string {
    switch (reason) {
      case 'removed':
      case 'turned-away':
      case 'uninvited':
      case 'waited-too-long':
      case 'lobby-full':
      case 'meeting-ended':
        return t(`visit.left.titles.${reason}`);
      default:
        return t('visit.left.title');
    }
  }

  function textOf(): string {
    const named = reason === 'removed' || reason === 'turned-away' || reason === 'meeting-ended';
    return named && by !== null ? t(`visit.left.by.${reason}`, { name: by }) : t(`visit.left.${reason}`);
  }
}
