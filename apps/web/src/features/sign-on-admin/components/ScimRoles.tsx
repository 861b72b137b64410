import '../texts.ts';
import { type ScimOverview, SIGN_ON_ROUTES } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { RoleSelect, useOwnRoles } from './RoleSelect.tsx';
import { type Rule, RulesEditor } from './RulesEditor.tsx';
import styles from './SignOnSection.module.css';

/** Which roles the groups of the directory give. */
export function ScimRoles({ overview }: { readonly overview: ScimOverview }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const own = useOwnRoles();
  const [defaultRole, setDefaultRole] = useState(overview.settings.defaultRole);
  const [rules, setRules] = useState<readonly Rule[]>(
    overview.settings.groupRules.map(({ group, role }) => ({ claim: null, value: group, role })),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async () => {
    setBusy(true);
    setProblem(null);
    const groupRules = rules.map(({ value, role }) => ({ group: value, role }));
    try {
      await withStepUp(() => call(SIGN_ON_ROUTES.setScimSettings, { body: { defaultRole, groupRules } }));
      showToast(t('signOnAdmin.scim.saved'));
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };

  return (
    <>
      <h3>{t('signOnAdmin.scim.rules')}</h3>
      <p className={styles.soft}>{t('signOnAdmin.scim.rulesHelp')}</p>
      <RoleSelect
        label={t('signOnAdmin.scim.defaultRole')}
        value={defaultRole}
        own={own}
        onChange={setDefaultRole}
      />
      <RulesEditor claims={false} rules={rules} own={own} onChange={setRules} />
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      <div>
        <Button busy={busy} onPress={() => void save()}>
          {t('ui.save')}
        </Button>
      </div>
    </>
  );
}
