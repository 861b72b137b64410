import type { TestCallFailure } from '@conclave/client/test-call';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';

export function Failure({ code }: { readonly code: TestCallFailure }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  if (code === 'auth.required') {
    return (
      <Notice kind="info" live>
        <p>{t('testCall.membersOnly')}</p>
        <Button onPress={() => void navigate('/sign-in', { state: { from: pathname } })}>
          {t('signIn.submit')}
        </Button>
      </Notice>
    );
  }
  return (
    <Notice kind="error" live>
      <p>{t('testCall.failed')}</p>
      <p>
        {code === 'interrupted'
          ? t('testCall.interrupted')
          : code === 'meeting.ended'
            ? t('testCall.tooLong')
            : t(`errors.${code}`)}
      </p>
    </Notice>
  );
}
