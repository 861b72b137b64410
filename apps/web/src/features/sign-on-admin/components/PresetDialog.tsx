import '../texts.ts';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.tsx';
import type { Preset } from '../model/draft.ts';
import styles from './SignOnSection.module.css';

const PRESETS = ['google', 'microsoft', 'generic', 'saml'] as const satisfies readonly Preset[];

/** Which kind of provider is added. */
export function PresetDialog(props: {
  readonly onChoose: (preset: Preset) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('signOnAdmin.addTitle')} onClose={props.onClose}>
      <div className={styles.presets}>
        {PRESETS.map((preset) => (
          <Button key={preset} className={styles.preset ?? ''} onPress={() => props.onChoose(preset)}>
            <strong>{t(`signOnAdmin.presets.${preset}`)}</strong>
            <span>{t(`signOnAdmin.presets.${preset}Help`)}</span>
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
