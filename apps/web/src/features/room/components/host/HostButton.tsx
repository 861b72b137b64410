import type { Meeting } from '@conclave/client';
import { ShieldUser } from 'lucide-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../../../ui/lazyPart.ts';
import { BarPopover } from '../conversation/BarPopover.tsx';
import type { HostDialogName } from './hostDialogs.ts';

const HostMenu = lazyPart(() => import('./HostMenu.tsx'));

/** One button for all that is done to everybody. */
export function HostButton(props: {
  readonly meeting: Meeting;
  readonly shortcuts: boolean;
  readonly onDialog: (name: HostDialogName) => void;
}) {
  const { meeting, shortcuts, onDialog } = props;
  const { t } = useTranslation();
  return (
    <BarPopover
      name={t('room.order')}
      caption={t('room.short.order')}
      icon={<ShieldUser size={24} aria-hidden="true" />}
      title={t('room.order')}
    >
      {(close) => (
        <Suspense>
          <HostMenu
            meeting={meeting}
            shortcuts={shortcuts}
            onBreakout={() => onDialog('breakout')}
            onMuteOthers={() => onDialog('mute-others')}
            onEnd={() => onDialog('end')}
            onClose={close}
          />
        </Suspense>
      )}
    </BarPopover>
  );
}
