import '../texts.ts';
import { POLICY_ROUTES, SIGN_ON_ROUTES, type SignOnOverview } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { SsoOnlyDialog } from '../../sign-on-admin/components/SsoOnlyDialog.tsx';
import {
  changedIn,
  changesIn,
  conflictOf,
  type Draft,
  draftOf,
  edit,
  rebase,
  switchesPasswordsOff,
} from '../model/draft.ts';
import { GROUP_NAMES, GROUPS } from '../model/groups.ts';
import styles from './Policy.module.css';
import { Presets } from './Presets.tsx';
import { SettingRow } from './SettingRow.tsx';

/** Administration: every setting, what is about to change, and the presets. */
export default function PolicySection() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // What is known before passwords are switched off, while that is asked.
  const [asking, setAsking] = useState<SignOnOverview | null>(null);
  const { abilities } = useAccount();
  const mayChange = abilities.includes('policy.manage');
  const maySignOn = abilities.includes('signon.manage');
  const loaded = draft !== null;

  useEffect(() => {
    call(POLICY_ROUTES.readPolicy).then(
      (view) => setDraft(draftOf(view)),
      (error) => setProblem(errorText(error)),
    );
  }, [errorText]);
  // From the posture page one comes to the setting that is meant.
  useEffect(() => {
    const { hash } = location;
    if (!loaded || hash === '') return;
    const row = document.getElementById(hash.slice(1));
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector<HTMLElement>('select, input, textarea')?.focus({ preventScroll: true });
  }, [loaded]);

  const changed = draft === null ? [] : changedIn(draft);
  useWarnBeforeLeaving(changed.length > 0);
  const save = async (wanted: Draft) => {
    setBusy(true);
    setProblem(null);
    try {
      const body = { version: wanted.base.version, changes: changesIn(wanted) };
      setDraft(draftOf(await call(POLICY_ROUTES.changePolicy, { body })));
      showToast(t('policy.saved'));
    } catch (error) {
      setProblem(errorText(error));
      if (RequestError.of(error).code === 'policy.stale')
        await call(POLICY_ROUTES.readPolicy).then(
          (view) => setDraft(rebase(wanted, view)),
          () => {},
        );
    }
    setBusy(false);
  };
  // Where something is missing, the service refuses and says what.
  const askAndSave = async (wanted: Draft) => {
    if (!switchesPasswordsOff(wanted)) return save(wanted);
    setBusy(true);
    setProblem(null);
    try {
      const overview = await call(SIGN_ON_ROUTES.signOnOverview);
      if (overview.problems.length > 0) return await save(wanted);
      setAsking(overview);
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };

  if (draft === null)
    return problem === null ? (
      <Loading />
    ) : (
      <Notice kind="error" live>
        {problem}
      </Notice>
    );
  const { changedAt } = draft.base;
  const conflict = conflictOf(draft);
  return (
    <div className={styles.policy}>
      <p className={styles.lead}>
        {t('policy.lead')}{' '}
        {changedAt === null
          ? t('policy.neverChanged')
          : `${t('policy.changedAt', { when: timeAgo(changedAt, Date.now()) })}.`}
      </p>
      {!mayChange && <Notice>{t('policy.readOnly')}</Notice>}
      {mayChange && <Presets draft={draft} onTake={(changes) => setDraft(edit(draft, changes))} />}
      {GROUP_NAMES.map((group) => (
        <Section key={group} title={t(`policy.groups.${group}`)}>
          <ul className={styles.rows}>
            {GROUPS[group].map((id) => (
              <SettingRow
                key={id}
                id={id}
                policy={draft.policy}
                pinned={draft.base.pinned.includes(id)}
                disabled={!mayChange || (id === 'signOn' && !maySignOn)}
                changed={changed.includes(id)}
                problem={
                  conflict !== id
                    ? null
                    : id === 'passwordLength'
                      ? t('policy.tooShort')
                      : t('policy.idleTooLong')
                }
                onChange={(changes) => setDraft(edit(draft, changes))}
              />
            ))}
          </ul>
        </Section>
      ))}
      {(changed.length > 0 || problem !== null) && (
        <section className={styles.bar} aria-label={t('policy.unsaved', { count: changed.length })}>
          {problem !== null && (
            <Notice kind="error" live>
              {problem}
            </Notice>
          )}
          <div className={styles.barRow}>
            <p role="status">{t('policy.unsaved', { count: changed.length })}</p>
            <Button
              onPress={() => {
                setProblem(null);
                setDraft(draftOf(draft.base));
              }}
            >
              {t('policy.discard')}
            </Button>
            <Button
              look="primary"
              busy={busy}
              isDisabled={changed.length === 0 || conflict !== null}
              onPress={() => void askAndSave(draft)}
            >
              {t('policy.save')}
            </Button>
          </div>
        </section>
      )}
      {asking !== null && (
        <SsoOnlyDialog overview={asking} onConfirm={() => save(draft)} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

/** The browser asks before the tab goes with changes that are not saved. */
function useWarnBeforeLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [unsaved]);
}
