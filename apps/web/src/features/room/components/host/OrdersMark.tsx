import './texts.ts';
import type { Meeting } from '@conclave/client';
import { Lock, MessageSquareOff, MicOff, MonitorOff, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../../ui/useObservable.ts';
import { isSecured, SOURCES } from '../../model/orderNews.ts';
import styles from './OrdersMark.module.css';

const icons = {
  locked: Lock,
  microphone: MicOff,
  camera: VideoOff,
  screen: MonitorOff,
  chat: MessageSquareOff,
  chatHosts: MessageSquareOff,
};

/** What holds for everybody now, for everybody to see. */
export default function OrdersMark({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const orders = useObservable(meeting.state, (state) => state.orders);
  // What the banner of the emergency says already.
  if (isSecured(orders)) return null;
  const marks = [
    ...(orders.locked ? (['locked'] as const) : []),
    ...SOURCES.filter((source) => orders.held[source]),
    ...(orders.chat === 'off' ? (['chat'] as const) : []),
    ...(orders.chat === 'hosts' ? (['chatHosts'] as const) : []),
  ];
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks} aria-label={t('host.orders.title')}>
      {marks.map((mark) => {
        const Icon = icons[mark];
        return (
          <li key={mark} className={styles.mark} title={t(`host.orders.${mark}Help`)}>
            <Icon size={14} aria-hidden="true" />
            <span className={marks.length > 1 ? 'visually-hidden' : styles.word}>
              {t(`host.orders.${mark}`)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
