import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { RemovePasswordDialog } from './RemovePasswordDialog.tsx';

/** For whoever gets in by a passkey or through a provider: the server says whether that is so. */
export function RemovePassword() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <div>
      <Button look="quiet" onPress={() => setAsking(true)}>
        {t('ownAccount.password.remove')}
      </Button>
      {asking && <RemovePasswordDialog onClose={() => setAsking(false)} />}
    </div>
  );
}
