import type { KnownBreakout, Meeting, MeetingBreakouts, ParticipantState } from '@conclave/client';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { DialogActions } from '../../../../ui/Dialog.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextField } from '../../../../ui/TextField.tsx';
import { showToast } from '../../../../ui/toasts.ts';
import { useObservable } from '../../../../ui/useObservable.ts';
import { clockOf } from '../../model/breakouts.ts';
import { mayRule } from '../../model/mayRule.ts';
import { useAct } from '../host/useAct.ts';
import styles from './BreakoutDialog.module.css';
import { PlaceSelect } from './PlaceSelect.tsx';
import { useLeft } from './useLeft.ts';
import { useMinutes } from './useMinutes.ts';
import { useRoomLabel } from './useRoomLabel.ts';

/** Who is where, and what is done about all rooms. */
export function LeadRooms(props: {
  readonly home: Meeting;
  readonly breakouts: MeetingBreakouts;
  readonly rooms: KnownBreakout;
  readonly onClose: () => void;
}) {
  const { home, breakouts, rooms, onClose } = props;
  const { t } = useTranslation();
  const act = useAct();
  const label = useRoomLabel(rooms);
  const left = useLeft(rooms.endsAt);
  const minutes = useMinutes();
  const participants = useObservable(home.state, (state) => state.participants);
  const visit = useObservable(breakouts.state, (state) => state.visit);
  const self = participants.find((one) => one.self);
  const assigned = new Map<string, string>(
    rooms.assigned.map(({ participantId, roomId }) => [participantId, roomId]),
  );
  const placeOf = ({ id, breakoutRoom }: ParticipantState) => breakoutRoom ?? assigned.get(id) ?? null;
  const options = [
    { value: '', label: t('breakout.meeting') },
    ...rooms.rooms.map(({ id }) => ({ value: id, label: label(id) })),
  ];
  const person = (participant: ParticipantState) => {
    const { id, name, breakoutRoom } = participant;
    const isAsked = breakoutRoom === null && assigned.has(id);
    return (
      <li key={id} className={styles.person}>
        <span dir="auto">
          {name}
          {isAsked && <span className={styles.state}> · {t('breakout.lead.onTheWay')}</span>}
        </span>
        {self !== undefined && (participant.self || mayRule(self, participant)) && !rooms.closing && (
          <PlaceSelect
            label={t('breakout.lead.place', { name })}
            value={placeOf(participant) ?? ''}
            options={options}
            onChange={(value) => act(() => breakouts.assign(id, value === '' ? null : value))}
          />
        )}
      </li>
    );
  };
  const inMeeting = participants.filter((participant) => placeOf(participant) === null);

  return (
    <>
      {left !== null && (
        <p className={styles.soft}>
          {t(rooms.closing ? 'breakout.lead.closing' : 'breakout.lead.left', { time: clockOf(left) })}
        </p>
      )}
      <Broadcast home={home} />
      <div className={styles.rooms}>
        {rooms.rooms.map(({ id }) => {
          const inside = participants.filter((participant) => placeOf(participant) === id);
          return (
            <section key={id} className={styles.room} aria-label={label(id)}>
              <div className={styles.head}>
                <h3 dir="auto">{label(id)}</h3>
                {visit?.roomId === id ? (
                  <span className={styles.soft}>{t('breakout.lead.here')}</span>
                ) : (
                  !rooms.closing && (
                    <Button
                      onPress={() => {
                        onClose();
                        breakouts.go(id);
                      }}
                    >
                      {t('breakout.lead.go')}
                    </Button>
                  )
                )}
              </div>
              {inside.length === 0 ? (
                <p className={styles.soft}>{t('breakout.lead.nobody')}</p>
              ) : (
                <ul>{inside.map(person)}</ul>
              )}
            </section>
          );
        })}
        {inMeeting.length > 0 && (
          <section className={styles.room} aria-label={t('breakout.meeting')}>
            <div className={styles.head}>
              <h3>{t('breakout.meeting')}</h3>
            </div>
            <ul>{inMeeting.map(person)}</ul>
          </section>
        )}
      </div>
      {!rooms.closing && (
        <Select
          label={t('breakout.lead.time')}
          {...minutes.select}
          onChange={(value) => {
            minutes.select.onChange(value);
            act(() => breakouts.setTime(value === '' ? null : Number(value)));
          }}
        />
      )}
      <DialogActions>
        <Button look="danger" onPress={() => act(() => breakouts.close(true))}>
          {t('breakout.lead.closeNow')}
        </Button>
        {!rooms.closing && (
          <Button look="primary" onPress={() => act(() => breakouts.close(false))}>
            {t('breakout.lead.close')}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

function Broadcast({ home }: { readonly home: Meeting }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!home.conversation.sendBroadcast(text)) return;
    setText('');
    showToast(t('breakout.lead.sent'));
  };
  return (
    <form className={styles.say} onSubmit={send}>
      <TextField label={t('breakout.lead.broadcast')} value={text} onChange={setText} maxLength={1_000} />
      <Button type="submit" isDisabled={text.trim() === ''}>
        {t('breakout.lead.send')}
      </Button>
    </form>
  );
}
