import { MAIL_LANGUAGES, MailLanguage, OWN_ACCOUNT_ROUTES } from '@conclave/protocol';
import { Languages } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Section } from '../../../ui/Section.tsx';
import { Select } from '../../../ui/Select.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { session } from '../../account/model/session.ts';
import styles from './ProfileSection.module.css';

/** What mails to one are written in. It holds as soon as it is chosen. */
export function MailLanguageSection() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { mailLanguage } = useAccount();
  /** Chosen, and on its way. */
  const [chosen, setChosen] = useState<string | null>(null);

  const save = async (value: string) => {
    setChosen(value);
    const language = MailLanguage.safeParse(value);
    try {
      const body = { mailLanguage: language.success ? language.data : null };
      session.changed(await call(OWN_ACCOUNT_ROUTES.changeProfile, { body }));
      showToast(t('ownAccount.mailLanguage.saved'));
    } catch (error) {
      showToast(errorText(error));
    }
    setChosen(null);
  };

  return (
    <Section title={t('ownAccount.mailLanguage.title')} lead={t('ownAccount.mailLanguage.lead')}>
      <div className={styles.form}>
        <Select
          label={t('ownAccount.mailLanguage.label')}
          icon={<Languages size={18} aria-hidden="true" />}
          value={chosen ?? mailLanguage ?? ''}
          options={[
            { value: '', label: t('ownAccount.mailLanguage.organisation') },
            ...MAIL_LANGUAGES.map((value) => ({
              value,
              label: t(`ownAccount.mailLanguage.languages.${value}`),
            })),
          ]}
          onChange={(value) => void save(value)}
          disabled={chosen !== null}
        />
      </div>
    </Section>
  );
}
