import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';

export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page title={t('notFound.title')} lead={t('notFound.lead')} width="narrow">
      <div>
        <Button onPress={() => void navigate('/')}>{t('notFound.home')}</Button>
      </div>
    </Page>
  );
}
