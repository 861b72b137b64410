import './guardTexts.ts';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../../ui/Dialog.tsx';
import { LinkButton } from '../../../../ui/LinkButton.tsx';
import type { LinkDanger } from '../../model/links/linkDangers.ts';
import type { Link } from './ChatLink.tsx';
import { dangerText } from './dangerText.ts';
import { HostName } from './HostName.tsx';
import styles from './LinkDialog.module.css';

/** Says where a suspicious link leads before it is opened. Staying here is what Enter does. */
export default function LinkDialog(props: {
  readonly link: Link;
  readonly dangers: readonly LinkDanger[];
  readonly onClose: () => void;
}) {
  const { link, dangers, onClose } = props;
  const { t } = useTranslation();
  return (
    <Dialog title={t('guards.link.title')} onClose={onClose}>
      <div className={styles.target}>
        <p className={styles.label}>{t('guards.link.leadsTo')}</p>
        <p className={styles.host}>
          <bdi dir="ltr">
            <HostName host={link.host} />
          </bdi>
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it with the keyboard */}
        <section className={styles.whole} aria-label={t('guards.link.whole')} tabIndex={0}>
          <bdi dir="ltr">{link.href}</bdi>
        </section>
      </div>
      <ul className={styles.reasons} aria-label={t('guards.link.why')}>
        {dangers.map((danger) => (
          <li key={danger.kind}>
            <TriangleAlert size={16} aria-hidden="true" />
            {dangerText(t, danger)}
          </li>
        ))}
      </ul>
      <DialogActions>
        <LinkButton href={link.href} onOpen={onClose}>
          {t('guards.link.open')}
        </LinkButton>
        <Button look="primary" autoFocus onPress={onClose}>
          {t('guards.link.leave')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
