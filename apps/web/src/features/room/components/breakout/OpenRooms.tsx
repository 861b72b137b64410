import type { Meeting, MeetingBreakouts } from '@conclave/client';
import { LIMITS } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextField } from '../../../../ui/TextField.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { distribute, roomNames } from '../../model/breakouts.ts';
import { mayRule } from '../../model/mayRule.ts';
import styles from './BreakoutDialog.module.css';
import { PlaceSelect } from './PlaceSelect.tsx';
import { useMinutes } from './useMinutes.ts';

type Way = 'even' | 'hand' | 'choice';

/** How many rooms, who goes where, for how long. */
export function OpenRooms(props: {
  readonly home: Meeting;
  readonly breakouts: MeetingBreakouts;
  readonly onClose: () => void;
}) {
  const { home, breakouts, onClose } = props;
  const { t } = useTranslation();
  const participants = useObservable(home.state, (state) => state.participants);
  const self = participants.find((one) => one.self);
  const people = participants.filter((one) => self !== undefined && mayRule(self, one));
  const ids = people.map(({ id }) => id);
  const [typed, setTyped] = useState('2');
  const [names, setNames] = useState('');
  const [way, setWay] = useState<Way>('even');
  const minutes = useMinutes();
  const count = Number(typed);
  const valid = Number.isInteger(count) && count >= LIMITS.breakoutRoomsMin && count <= LIMITS.breakoutRooms;
  const [parts, setParts] = useState(() => distribute(ids, 2, Math.random));
  const labels = valid ? roomNames(names, count) : [];
  const options = [
    { value: '', label: t('breakout.open.stays') },
    ...labels.map((name, index) => ({
      value: String(index),
      label: name ?? t('breakout.room', { number: index + 1 }),
    })),
  ];
  const mix = (rooms: number) => setParts(distribute(ids, rooms, Math.random));

  return (
    <FormDialog
      title={t('breakout.title')}
      save={t('breakout.open.save')}
      disabled={!valid}
      onSave={() =>
        breakouts.open({
          names: labels,
          choice: way === 'choice',
          assigned:
            way === 'choice'
              ? []
              : [...parts]
                  .filter(([id, room]) => ids.includes(id) && room < count)
                  .map(([participantId, room]) => ({ participantId, room })),
          minutes: minutes.value,
        })
      }
      onClose={onClose}
    >
      <p>{t('breakout.open.lead')}</p>
      <div className={styles.pair}>
        <TextField
          label={t('breakout.open.count')}
          inputMode="numeric"
          value={typed}
          error={valid ? null : t('breakout.open.countError')}
          onChange={(text) => {
            setTyped(text);
            const rooms = Number(text);
            if (way === 'even' && rooms >= LIMITS.breakoutRoomsMin && rooms <= LIMITS.breakoutRooms)
              mix(rooms);
          }}
        />
        <Select label={t('breakout.open.time')} {...minutes.select} />
      </div>
      <TextField
        label={t('breakout.open.names')}
        help={t('breakout.open.namesHelp')}
        value={names}
        onChange={setNames}
      />
      <Select
        label={t('breakout.open.way')}
        value={way}
        options={(['even', 'hand', 'choice'] as const).map((value) => ({
          value,
          label: t(`breakout.open.${value}`),
        }))}
        onChange={(value) => {
          setWay(value as Way);
          if (value === 'even' && valid) mix(count);
          if (value === 'hand') setParts(new Map());
        }}
      />
      {way === 'choice' && <p className={styles.soft}>{t('breakout.open.choiceHelp')}</p>}
      {way !== 'choice' && people.length === 0 && <p className={styles.soft}>{t('breakout.open.nobody')}</p>}
      {way !== 'choice' && people.length > 0 && (
        <ul className={styles.people}>
          {people.map(({ id, name }) => (
            <li key={id} className={styles.person}>
              <span dir="auto">{name}</span>
              <PlaceSelect
                label={t('breakout.lead.place', { name })}
                value={String(parts.get(id) ?? '')}
                options={options}
                onChange={(value) => {
                  const next = new Map(parts);
                  if (value === '') next.delete(id);
                  else next.set(id, Number(value));
                  setParts(next);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {way === 'even' && people.length > 1 && (
        <Button onPress={() => mix(valid ? count : 2)}>{t('breakout.open.shuffle')}</Button>
      )}
    </FormDialog>
  );
}
