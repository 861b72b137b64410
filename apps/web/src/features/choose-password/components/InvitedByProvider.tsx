import '../texts.ts';
import type { ProviderChoice } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import form from '../../../ui/form.module.css';
import { ProviderButtons } from '../../sign-on/components/ProviderButtons.tsx';
import { useProviderVisit } from '../../sign-on/components/useProviderVisit.ts';

/** Somebody is invited where passwords are off: they come through a provider, which makes the account theirs. */
export function InvitedByProvider(props: {
  readonly providers: readonly ProviderChoice[];
  readonly meant: ProviderChoice | null;
}) {
  const { t } = useTranslation();
  const visit = useProviderVisit('/');
  return (
    <div className={form.form}>
      <ProviderButtons providers={props.providers} meant={props.meant} visit={visit} focused />
      <p>{t('choosePassword.signOn.again')}</p>
    </div>
  );
}
