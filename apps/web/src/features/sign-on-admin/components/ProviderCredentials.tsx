import '../texts.ts';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Draft } from '../model/draft.ts';

/** What the provider has told. */
export function ProviderCredentials(props: {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly wrong: string | null;
  readonly problem: string | null;
  readonly hasSecret: boolean;
}) {
  return props.draft.preset === 'saml' ? <OfSaml {...props} /> : <OfOidc {...props} />;
}

type FieldsProps = Parameters<typeof ProviderCredentials>[0];

function OfOidc({ draft, set, wrong, problem, hasSecret }: FieldsProps) {
  const { t } = useTranslation();
  const error = (field: string) => (wrong === field ? problem : null);
  return (
    <>
      {draft.preset === 'microsoft' && (
        <TextField
          label={t('signOnAdmin.form.tenant')}
          help={t('signOnAdmin.form.tenantHelp')}
          code
          value={draft.tenant}
          onChange={(tenant) => set({ tenant })}
          error={error('tenant')}
        />
      )}
      {draft.preset === 'generic' && (
        <TextField
          label={t('signOnAdmin.form.issuer')}
          help={t('signOnAdmin.form.issuerHelp')}
          code
          value={draft.issuer}
          onChange={(issuer) => set({ issuer })}
          error={error('issuer')}
        />
      )}
      <TextField
        label={t('signOnAdmin.form.clientId')}
        code
        autoComplete="off"
        value={draft.clientId}
        onChange={(clientId) => set({ clientId })}
        error={error('clientId')}
      />
      <PasswordField
        label={t('signOnAdmin.form.clientSecret')}
        autoComplete="off"
        {...(hasSecret ? { help: t('signOnAdmin.form.clientSecretKept') } : {})}
        value={draft.clientSecret}
        onChange={(clientSecret) => set({ clientSecret })}
        error={error('clientSecret')}
      />
      {draft.preset === 'google' && (
        <TextField
          label={t('signOnAdmin.form.hostedDomain')}
          help={t('signOnAdmin.form.hostedDomainHelp')}
          code
          value={draft.hostedDomain}
          onChange={(hostedDomain) => set({ hostedDomain })}
          error={error('hostedDomain')}
        />
      )}
      {draft.preset === 'generic' && (
        <TextField
          label={t('signOnAdmin.form.scopes')}
          help={t('signOnAdmin.form.scopesHelp')}
          code
          value={draft.scopes}
          onChange={(scopes) => set({ scopes })}
          error={error('scopes')}
        />
      )}
    </>
  );
}

function OfSaml({ draft, set, wrong, problem }: FieldsProps) {
  const { t } = useTranslation();
  const error = (field: string) => (wrong === field ? problem : null);
  return (
    <>
      <TextField
        label={t('signOnAdmin.form.entityId')}
        code
        value={draft.entityId}
        onChange={(entityId) => set({ entityId })}
        error={error('entityId')}
      />
      <TextField
        label={t('signOnAdmin.form.ssoUrl')}
        code
        value={draft.ssoUrl}
        onChange={(ssoUrl) => set({ ssoUrl })}
        error={error('ssoUrl')}
      />
      <TextArea
        label={t('signOnAdmin.form.certificates')}
        help={t('signOnAdmin.form.certificatesHelp')}
        rows={6}
        value={draft.certificates}
        onChange={(certificates) => set({ certificates })}
        error={error('certificates')}
      />
      <TextField
        label={t('signOnAdmin.form.emailAttribute')}
        help={t('signOnAdmin.form.attributeHelp')}
        code
        value={draft.emailAttribute}
        onChange={(emailAttribute) => set({ emailAttribute })}
      />
      <TextField
        label={t('signOnAdmin.form.nameAttribute')}
        help={t('signOnAdmin.form.attributeHelp')}
        code
        value={draft.nameAttribute}
        onChange={(nameAttribute) => set({ nameAttribute })}
      />
    </>
  );
}
