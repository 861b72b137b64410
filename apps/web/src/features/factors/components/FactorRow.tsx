import { type Factor, OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { Row } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { KIND_ICONS } from '../model/kinds.ts';
import { RenameFactorDialog } from './RenameFactorDialog.tsx';

/** One second factor, and what may be done with it. */
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
  const used =
    factor.lastUsedAt === null
      ? t('factors.unused')
      : t('factors.used', { when: timeAgo(factor.lastUsedAt, props.now) });
  const kind = t(`factors.kinds.${factor.kind}`);
  const facts = [
    ...(kind === factor.name ? [] : [kind]),
    ...(factor.to === null ? [] : [factor.to]),
    t('factors.added', { when: timeAgo(factor.createdAt, props.now) }),
    used,
  ];

  return (
    <>
      <Row
        icon={<Icon size={22} aria-hidden="true" />}
        title={factor.name}
        detail={facts.join(' · ')}
        end={
          <Menu
            name={t('factors.more', { name: factor.name })}
            icon={<Ellipsis size={20} aria-hidden="true" />}
          >
            <MenuAction icon={<Pencil size={18} aria-hidden="true" />} onAction={() => setTask('rename')}>
              {t('factors.rename')}
            </MenuAction>
            <MenuAction
              icon={<Trash2 size={18} aria-hidden="true" />}
              danger
              onAction={() => setTask('remove')}
            >
              {t('factors.remove')}
            </MenuAction>
          </Menu>
        }
      />
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
            await call(OWN_FACTOR_ROUTES.removeFactor, { params: { id: factor.id } });
            showToast(t('factors.removed', { name: factor.name }));
            await props.onChanged();
          }}
        />
      )}
    </>
  );
}
