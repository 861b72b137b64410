import '../texts.ts';
import { type Provider, SIGN_ON_ROUTES, type SignOnOverview } from '@conclave/protocol';
import { Plus } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { useRefusal } from '../../sign-on/components/useRefusal.ts';
import { forgetWords, wordInAddress } from '../../sign-on/model/words.ts';
import { type Draft, draftOf, newDraft } from '../model/draft.ts';
import { PresetDialog } from './PresetDialog.tsx';
import { ProviderForm } from './ProviderForm.tsx';
import { ProviderList } from './ProviderList.tsx';
import { ScimCard } from './ScimCard.tsx';
import styles from './SignOnSection.module.css';
import { SsoOnlyCard } from './SsoOnlyCard.tsx';
import { TestResultDialog } from './TestResultDialog.tsx';
import { useTestFault } from './useTestFault.ts';

interface Editing {
  readonly draft: Draft;
  readonly provider: Provider | null;
}

/** Administration: how people get in with accounts of somewhere else. */
export default function SignOnSection() {
  const mayManage = useAccount().abilities.includes('signon.manage');
  const { t } = useTranslation();
  const errorText = useErrorText();
  const refusal = useRefusal();
  const reason = useTestFault();
  const [tested, setTested] = useState(() => wordInAddress('tested') !== null);
  const [overview, setOverview] = useState<SignOnOverview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [savedId, setSavedId] = useState<Provider['id'] | null>(null);

  const load = useCallback(async () => {
    try {
      setOverview(await call(SIGN_ON_ROUTES.signOnOverview));
      setProblem(null);
    } catch (error) {
      setProblem(errorText(error));
    }
  }, [errorText]);
  useEffect(() => void load(), [load]);

  const saved = async ({ id }: Provider) => {
    setEditing(null);
    setSavedId(id);
    showToast(t('signOnAdmin.saved'));
    await load();
  };
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (editing === null && savedId !== null) top.current?.scrollIntoView({ block: 'start' });
  }, [editing, savedId]);
  useEffect(() => {
    if (wordInAddress('linked') === null) return;
    showToast(t('signOnAdmin.result.linked'));
    forgetWords();
  }, [t]);

  if (editing !== null && overview !== null) {
    return (
      <ProviderForm
        key={editing.provider?.id ?? editing.draft.preset}
        start={editing.draft}
        provider={editing.provider}
        origin={overview.origin}
        onSaved={(provider) => void saved(provider)}
        onCancel={() => setEditing(null)}
      />
    );
  }
  return (
    <div ref={top} className={styles.section}>
      <p className={styles.lead}>{t('signOnAdmin.lead')}</p>
      {(problem ?? refusal) !== null && (
        <Notice kind="error" live>
          {problem ?? (reason === null ? refusal : t(`signOnAdmin.fault.${reason}`))}
        </Notice>
      )}
      {!mayManage && <Notice>{t('signOnAdmin.ownersOnly')}</Notice>}
      {overview === null && problem === null && <Loading />}
      {overview !== null && (
        <>
          <section className={styles.part}>
            <header className={styles.head}>
              <h2>{t('signOnAdmin.providers')}</h2>
              {mayManage && (
                <Button icon={<Plus size={18} aria-hidden="true" />} onPress={() => setChoosing(true)}>
                  {t('signOnAdmin.add')}
                </Button>
              )}
            </header>
            <ProviderList
              providers={overview.providers}
              mayManage={mayManage}
              saved={savedId}
              onEdit={(provider) => setEditing({ draft: draftOf(provider), provider })}
              onChanged={() => void load()}
            />
          </section>
          <SsoOnlyCard overview={overview} mayManage={mayManage} onChanged={() => void load()} />
          <ScimCard providers={overview.providers} mayManage={mayManage} />
        </>
      )}
      {choosing && (
        <PresetDialog
          onClose={() => setChoosing(false)}
          onChoose={(preset) => {
            setChoosing(false);
            setEditing({ draft: newDraft(preset), provider: null });
          }}
        />
      )}
      {tested && (
        <TestResultDialog
          providers={overview?.providers ?? []}
          onClose={() => {
            forgetWords();
            setTested(false);
          }}
        />
      )}
    </div>
  );
}
