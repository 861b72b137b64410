import { type PolicyChanges, PresetName, type SettingId, withChanges } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { type Draft, draftOf, presetChanges, presetOf } from '../model/draft.ts';
import policyStyles from './Policy.module.css';
import styles from './Presets.module.css';
import { useValueText } from './useValueText.ts';

/** Whole sets of values, and what each of them would change. */
export function Presets({
  draft,
  onTake,
}: {
  readonly draft: Draft;
  readonly onTake: (changes: PolicyChanges) => void;
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<PresetName | null>(null);
  const current = presetOf(draftOf(draft.base));
  return (
    <Section title={t('policy.presets.title')} lead={t('policy.presets.lead')}>
      <ul className={styles.presets}>
        {PresetName.options.map((name) => (
          <li key={name} className={styles.preset}>
            <h3>
              {t(`policy.presets.${name}`)}
              {current === name && <span className={policyStyles.mark}>{t('policy.presets.current')}</span>}
            </h3>
            <p>{t(`policy.presets.${name}Help`)}</p>
            <Button
              aria-label={t('policy.presets.previewOf', { name: t(`policy.presets.${name}`) })}
              onPress={() => setShown(name)}
            >
              {t('policy.presets.preview')}
            </Button>
          </li>
        ))}
      </ul>
      {shown !== null && (
        <Preview
          draft={draft}
          name={shown}
          onClose={() => setShown(null)}
          onTake={(changes) => {
            onTake(changes);
            showToast(t('policy.presets.taken'));
            setShown(null);
          }}
        />
      )}
    </Section>
  );
}

function Preview(props: {
  readonly draft: Draft;
  readonly name: PresetName;
  readonly onTake: (changes: PolicyChanges) => void;
  readonly onClose: () => void;
}) {
  const { draft, name } = props;
  const { t } = useTranslation();
  const valueText = useValueText();
  const changes = presetChanges(draft, name);
  const then = withChanges(draft.policy, changes);
  const ids = Object.keys(changes) as SettingId[];
  return (
    <Dialog title={t('policy.presets.dialog', { name: t(`policy.presets.${name}`) })} onClose={props.onClose}>
      {ids.length === 0 && <p>{t('policy.presets.same')}</p>}
      <dl className={styles.changes}>
        {ids.map((id) => (
          <div key={id}>
            <dt>{t(`policy.settings.${id}.name`)}</dt>
            <dd>{t('policy.presets.from', { value: valueText(id, draft.policy) })}</dd>
            <dd>
              <strong>{t('policy.presets.to', { value: valueText(id, then) })}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {draft.base.pinned.length > 0 && <p className={styles.lead}>{t('policy.presets.pinned')}</p>}
      <DialogActions>
        <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
        <Button look="primary" isDisabled={ids.length === 0} onPress={() => props.onTake(changes)}>
          {t('policy.presets.use')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
