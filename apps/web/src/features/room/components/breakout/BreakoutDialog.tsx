import './texts.ts';
import type { Meeting } from '@conclave/client';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../../ui/Dialog.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { LeadRooms } from './LeadRooms.tsx';
import { OpenRooms } from './OpenRooms.tsx';

/** Opens breakout rooms and leads them. @param home the meeting that the rooms are of */
export default function BreakoutDialog(props: { readonly home: Meeting; readonly onClose: () => void }) {
  const { home, onClose } = props;
  const { breakouts } = home;
  return breakouts === null ? null : <Of home={home} breakouts={breakouts} onClose={onClose} />;
}

function Of(props: {
  readonly home: Meeting;
  readonly breakouts: NonNullable<Meeting['breakouts']>;
  readonly onClose: () => void;
}) {
  const { home, breakouts, onClose } = props;
  const { t } = useTranslation();
  const rooms = useObservable(breakouts.state, (state) => state.rooms);
  // When the rooms have closed, nobody asked for others.
  const hadRooms = useRef(false);
  useEffect(() => {
    if (rooms === null && hadRooms.current) onClose();
    hadRooms.current = rooms !== null;
  }, [rooms, onClose]);
  if (rooms === null) return <OpenRooms home={home} breakouts={breakouts} onClose={onClose} />;
  return (
    <Dialog title={t('breakout.title')} onClose={onClose}>
      <LeadRooms home={home} breakouts={breakouts} rooms={rooms} onClose={onClose} />
    </Dialog>
  );
}
