import '../texts.ts';
import { type Provider, SIGN_ON_ROUTES } from '@conclave/protocol';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { DialogActions } from '../../../ui/Dialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { type Draft, readDraft } from '../model/draft.ts';
import { draftId, forgetDraftId } from '../model/draftId.ts';
import { faultOf, type WrongField } from '../model/wrongField.ts';
import { Choice } from './Choice.tsx';
import { ProviderAddresses } from './ProviderAddresses.tsx';
import { ProviderCredentials } from './ProviderCredentials.tsx';
import styles from './ProviderForm.module.css';
import { RoleSelect, useOwnRoles } from './RoleSelect.tsx';
import { RulesEditor } from './RulesEditor.tsx';

/** Everything about one provider. `provider` is null for one that is still to be saved. */
export function ProviderForm(props: {
  readonly start: Draft;
  readonly provider: Provider | null;
  /** Where people reach the service. */
  readonly origin: string;
  readonly onSaved: (provider: Provider) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const own = useOwnRoles();
  const [draft, setDraft] = useState(props.start);
  const [id, setId] = useState(() => props.provider?.id ?? draftId(props.start.preset));
  const [wrong, setWrong] = useState<WrongField | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    // What is being mended is not wrong any more, until it is looked at again.
    if (wrong !== null && wrong in change) {
      setWrong(null);
      setProblem(null);
    }
  };

  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (wrong !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  const refuse = (error: unknown) => {
    const { field, own: hasOwnText } = faultOf(error, draft.preset);
    setWrong(field);
    setProblem(hasOwnText && field !== null ? t(`signOnAdmin.wrong.${field}`) : errorText(error));
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    // By itself first: the same field may be wrong again, and is gone to again.
    flushSync(() => setWrong(null));
    setProblem(null);
    const read = readDraft(draft);
    if ('wrong' in read) {
      refuse(new RequestError('request.invalid', { field: read.wrong }));
      return;
    }
    setBusy(true);
    const { provider } = props;
    try {
      const saved = await withStepUp(() =>
        provider === null
          ? call(SIGN_ON_ROUTES.createProvider, { body: { ...read.provider, id } })
          : call(SIGN_ON_ROUTES.changeProvider, { params: { id: provider.id }, body: read.provider }),
      );
      if (provider === null) forgetDraftId(draft.preset);
      props.onSaved(saved);
    } catch (error) {
      if (provider === null && RequestError.of(error).field === 'id') {
        // A tab that was duplicated has the same one, and was first. The addresses are others at once, and it can be saved again.
        forgetDraftId(draft.preset);
        setId(draftId(draft.preset));
      }
      refuse(error);
      setBusy(false);
    }
  };

  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <h2 ref={heading} tabIndex={-1}>
        {props.provider === null
          ? t('signOnAdmin.form.newTitle')
          : t('signOnAdmin.form.editTitle', { name: props.provider.name })}
      </h2>
      <section className={styles.part}>
        <h3>{t('signOnAdmin.form.tellTitle')}</h3>
        {props.provider === null && <p className={styles.soft}>{t('signOnAdmin.form.tellNew')}</p>}
        <ProviderAddresses kind={draft.preset === 'saml' ? 'saml' : 'oidc'} origin={props.origin} id={id} />
      </section>
      <section className={styles.part}>
        <h3>{t('signOnAdmin.form.askedTitle')}</h3>
        <ProviderCredentials
          draft={draft}
          set={set}
          wrong={wrong}
          problem={problem}
          hasSecret={props.provider?.kind === 'oidc' && props.provider.hasSecret}
        />
      </section>
      <section className={styles.part}>
        <h3>{t('signOnAdmin.form.pageTitle')}</h3>
        <TextField
          label={t('signOnAdmin.form.name')}
          help={t('signOnAdmin.form.nameHelp')}
          maxLength={120}
          value={draft.name}
          onChange={(name) => set({ name })}
          error={wrong === 'name' ? problem : null}
        />
      </section>
      <section className={styles.part}>
        <h3>{t('signOnAdmin.form.whoTitle')}</h3>
        <TextField
          label={t('signOnAdmin.form.domains')}
          help={t('signOnAdmin.form.domainsHelp')}
          code
          value={draft.domains}
          onChange={(domains) => set({ domains })}
          error={wrong === 'domains' ? problem : null}
        />
        <Choice
          label={t('signOnAdmin.form.createsAccounts')}
          help={t('signOnAdmin.form.createsHelp')}
          checked={draft.createsAccounts}
          onChange={(createsAccounts) => set({ createsAccounts })}
        />
        <Choice
          label={t('signOnAdmin.form.vouches')}
          help={t('signOnAdmin.form.vouchesHelp')}
          checked={draft.vouchesForEmail}
          onChange={(vouchesForEmail) => set({ vouchesForEmail })}
        />
        <Choice
          label={t('signOnAdmin.form.asksFactor')}
          help={t('signOnAdmin.form.asksFactorHelp')}
          checked={draft.asksFactor}
          onChange={(asksFactor) => set({ asksFactor })}
        />
      </section>
      <section className={styles.part}>
        <h3>{t('signOnAdmin.form.rolesTitle')}</h3>
        <RoleSelect
          label={t('signOnAdmin.form.defaultRole')}
          value={draft.defaultRole}
          own={own}
          onChange={(defaultRole) => set({ defaultRole })}
        />
        <h4>{t('signOnAdmin.form.rules')}</h4>
        <p className={styles.soft}>{t('signOnAdmin.form.rulesHelp')}</p>
        <RulesEditor
          claims
          rules={draft.roleRules}
          own={own}
          onChange={(rules) =>
            set({ roleRules: rules.map(({ claim, value, role }) => ({ claim: claim ?? '', value, role })) })
          }
        />
      </section>
      <Choice
        label={t('signOnAdmin.form.enabled')}
        checked={draft.enabled}
        onChange={(enabled) => set({ enabled })}
      />
      {problem !== null && wrong === null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      <DialogActions>
        <Button onPress={props.onCancel}>{t('ui.cancel')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('ui.save')}
        </Button>
      </DialogActions>
    </form>
  );
}
