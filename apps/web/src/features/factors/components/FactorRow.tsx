import { type Factor, OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { cx } from '../../../ui/cx.ts';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { ConfirmDialog } from '../../home/components/ConfirmDialog.tsx';
import { KIND_ICONS } from '../model/kinds.ts';
import { withStepUp } from '../model/stepUp.ts';
import { RenameFactorDialog } from './RenameFactorDialog.tsx';
import styles from './SecuritySection.module.css';

export function FactorRow(props: {
  readonly factor: Factor;
  /** It is the last one. */
  readonly only: boolean;
  readonly now: number;
  readonly onChanged: () => Promise<void>;
}) {
  const { factor } = props;
  const { t } = useTranslation();
  const [task, setTask] = useState<'rename' | 'remove' | null>(null);
  const Icon = KIND_ICONS[factor.kind];
  const close = () => setTask(null);
  const kind = t(`factors.kinds.${factor.kind}`);
  const used =
    factor.lastUsedAt === null
      ? t('factors.unused')
      : t('factors.used', { when: timeAgo(factor.lastUsedAt, props.now) });

  return (
    <li className={cx(styles.row, styles.factor)}>
      <Icon size={22} aria-hidden="true" />
      <div className={styles.words}>
        <h3>{factor.name}</h3>
        <p>{factor.to === null ? kind : `${kind}, ${factor.to}`}</p>
        <p>
          {t('factors.added', { when: timeAgo(factor.createdAt, props.now) })}, {used}
        </p>
      </div>
      <Menu name={t('factors.more', { name: factor.name })} icon={<Ellipsis size={20} aria-hidden="true" />}>
        <MenuAction icon={<Pencil size={18} aria-hidden="true" />} onAction={() => setTask('rename')}>
          {t('factors.rename')}
        </MenuAction>
        <MenuAction icon={<Trash2 size={18} aria-hidden="true" />} danger onAction={() => setTask('remove')}>
          {t('factors.remove')}
        </MenuAction>
      </Menu>
      {task === 'rename' && (
        <RenameFactorDialog factor={factor} onRenamed={props.onChanged} onClose={close} />
      )}
      {task === 'remove' && (
        <ConfirmDialog
          danger
          title={t('factors.removeTitle', { name: factor.name })}
          text={props.only ? t('factors.removeLast') : t('factors.removeText')}
          confirm={t('factors.removeConfirm')}
          onClose={close}
          onConfirm={async () => {
            const params = { id: factor.id };
            await withStepUp(() => call(OWN_FACTOR_ROUTES.removeFactor, { params }));
            showToast(t('factors.removed', { name: factor.name }));
            await props.onChanged();
          }}
        />
      )}
    </li>
  );
}
