import './overTexts.ts';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import type { FailureCode } from '../model/visit.ts';
import styles from './Left.module.css';

export default function Failed({
  code,
  onAgain,
}: {
  readonly code: FailureCode;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  // A page that is out of date must be fetched anew; trying again would change nothing.
  const again = code === 'protocol.version' ? () => location.reload() : onAgain;
  return (
    <Page
      title={t(code === 'encryption.broken' ? 'visit.failed.broken' : 'visit.failed.title')}
      width="narrow"
    >
      <Notice kind="error" live>
        <p>{t(`errors.${code}`)}</p>
        <p>{t('visit.failed.off')}</p>
      </Notice>
      <div className={styles.actions}>
        {code === 'meeting.members_only' && (
          <Button look="primary" onPress={() => void navigate('/sign-in', { state: { from: pathname } })}>
            {t('signIn.submit')}
          </Button>
        )}
        {code !== 'meeting.banned' && (
          <Button look={code === 'meeting.members_only' ? 'plain' : 'primary'} onPress={again}>
            {code === 'protocol.version' ? t('ui.reload') : t('visit.failed.again')}
          </Button>
        )}
        <Button look="quiet" onPress={() => void navigate('/')}>
          {t('visit.failed.home')}
        </Button>
      </div>
    </Page>
  );
}
