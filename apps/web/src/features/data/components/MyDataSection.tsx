import '../texts.ts';
import { DATA_ROUTES } from '@conclave/protocol';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { session } from '../../account/model/session.ts';
import { saveData } from '../saveData.ts';
import styles from './Data.module.css';
import { EraseDialog } from './EraseDialog.tsx';

/** One's own data: to take along, and to have erased. */
export default function MyDataSection() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { email } = useAccount();
  const [busy, setBusy] = useState(false);
  const [erasing, setErasing] = useState(false);

  const download = async () => {
    setBusy(true);
    try {
      saveData(await call(DATA_ROUTES.exportOwnData));
    } catch (error) {
      showToast(errorText(error));
    }
    setBusy(false);
  };

  return (
    <>
      <Section title={t('data.own.title')} lead={t('data.own.lead')}>
        <div>
          <Button
            icon={<Download size={18} aria-hidden="true" />}
            busy={busy}
            onPress={() => void download()}
          >
            {t('data.own.download')}
          </Button>
        </div>
        <p className={styles.soft}>{t('data.own.downloadHelp')}</p>
      </Section>
      <Section title={t('data.own.eraseTitle')} lead={t('data.own.eraseLead')}>
        <div>
          <Button look="danger" onPress={() => setErasing(true)}>
            {t('data.own.erase')}
          </Button>
        </div>
      </Section>
      {erasing && (
        <EraseDialog
          title={t('data.own.eraseTitle')}
          text={t('data.own.eraseLead')}
          label={t('data.own.confirm')}
          email={email}
          onErase={(typed) => call(DATA_ROUTES.eraseOwnData, { body: { email: typed } })}
          onErased={() => {
            showToast(t('data.own.erased'));
            session.ended();
          }}
          onClose={() => setErasing(false)}
        />
      )}
    </>
  );
}
