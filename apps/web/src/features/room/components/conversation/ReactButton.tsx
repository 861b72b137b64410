import { SmilePlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BarPopover } from './BarPopover.tsx';
import { ReactionRow } from './ReactionRow.tsx';

export function ReactButton() {
  const { t } = useTranslation();
  return (
    <BarPopover
      name={t('conversation.react')}
      caption={t('conversation.short.react')}
      icon={<SmilePlus size={24} aria-hidden="true" />}
      title={t('conversation.reactions')}
    >
      {(close) => <ReactionRow onDone={close} />}
    </BarPopover>
  );
}
