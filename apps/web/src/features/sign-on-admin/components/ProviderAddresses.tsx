import '../texts.ts';
import { type ProviderId, signOnAddresses } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { CopyField } from './CopyField.tsx';

/** What the provider must be told. Known before the provider is saved. */
export function ProviderAddresses(props: {
  readonly kind: 'oidc' | 'saml';
  readonly origin: string;
  readonly id: ProviderId;
}) {
  const { kind, origin, id } = props;
  const { t } = useTranslation();
  if (kind === 'saml') {
    const own = signOnAddresses.metadata(origin, id);
    return (
      <>
        <CopyField label={t('signOnAdmin.form.ownEntityId')} text={own} />
        <CopyField label={t('signOnAdmin.form.acsUrl')} text={signOnAddresses.acs(origin, id)} />
        <CopyField label={t('signOnAdmin.form.metadataUrl')} text={own} />
      </>
    );
  }
  return (
    <>
      <CopyField label={t('signOnAdmin.form.redirectUri')} text={signOnAddresses.callback(origin, id)} />
      <CopyField label={t('signOnAdmin.form.logoutUri')} text={signOnAddresses.logout(origin, id)} />
    </>
  );
}
