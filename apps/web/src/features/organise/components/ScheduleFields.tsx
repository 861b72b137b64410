import { LIMITS, WEEKDAYS, type Weekday, weekdayOf } from '@conclave/protocol';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeField } from '../../../ui/NativeField.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { daysOf, isPast, ownZone, type ScheduleDraft } from '../model/scheduleDraft.ts';
import styles from './ScheduleFields.module.css';

const lengths = [15, 30, 45, 60, 90, 120, 180, 240, 480];
const repeats = ['none', 'day', 'week', 'month'] as const;
const ends = ['never', 'until', 'count'] as const;

/** When a meeting takes place. */
export function ScheduleFields(props: {
  readonly draft: ScheduleDraft;
  readonly onChange: (draft: ScheduleDraft) => void;
}) {
  const { draft } = props;
  const { t } = useTranslation();
  const zones = useZones(draft.zone);
  const set = (change: Partial<ScheduleDraft>) => props.onChange({ ...draft, ...change });
  const minutes = [...new Set([...lengths, draft.minutes])].sort((a, b) => a - b);
  const lengthText = (all: number) => {
    const [hours, rest] = [Math.floor(all / 60), all % 60];
    if (hours === 0) return t('organise.minutes', { count: rest });
    return rest === 0 ? t('organise.hours', { hours }) : t('organise.hoursMinutes', { hours, minutes: rest });
  };
  return (
    <div className={styles.fields}>
      <div className={styles.row}>
        <NativeField
          label={t('organise.day')}
          type="date"
          value={draft.day}
          onChange={(day) => set({ day })}
        />
        <NativeField
          label={t('organise.begins')}
          type="time"
          value={draft.time}
          onChange={(time) => set({ time })}
        />
        <Select
          label={t('organise.lasts')}
          value={String(draft.minutes)}
          options={minutes.map((all) => ({ value: String(all), label: lengthText(all) }))}
          onChange={(value) => set({ minutes: Number(value) })}
        />
      </div>
      <Select
        label={t('organise.zone')}
        value={draft.zone}
        options={zones.map((zone) => {
          const label = zone.replaceAll('_', ' ');
          return { value: zone, label: zone === ownZone() ? t('organise.ownZone', { zone: label }) : label };
        })}
        onChange={(zone) => set({ zone })}
      />
      <Select
        label={t('organise.repeats')}
        value={draft.every}
        options={repeats.map((every) => ({ value: every, label: t(`organise.repeat.${every}`) }))}
        onChange={(every) => set({ every: every as ScheduleDraft['every'] })}
      />
      {draft.every !== 'none' && <Repetition draft={draft} every={draft.every} set={set} />}
      {isPast(draft, Date.now()) && <Notice kind="warn">{t('organise.past')}</Notice>}
    </div>
  );
}

function Repetition(props: {
  readonly draft: ScheduleDraft;
  readonly every: 'day' | 'week' | 'month';
  readonly set: (change: Partial<ScheduleDraft>) => void;
}) {
  const { draft, every, set } = props;
  const { t } = useTranslation();
  const intervals = [...new Set([1, 2, 3, 4, 6, 12, Number(draft.interval)])].sort((a, b) => a - b);
  return (
    <>
      {every === 'week' && <Weekdays draft={draft} set={set} />}
      {every === 'month' && <p className={styles.note}>{t('organise.monthly')}</p>}
      <div className={styles.pair}>
        <Select
          label={t('organise.intervalLabel')}
          value={draft.interval}
          options={intervals.map((count) => ({
            value: String(count),
            label: t(`organise.interval.${every}`, { count }),
          }))}
          onChange={(interval) => set({ interval })}
        />
        <Select
          label={t('organise.ends')}
          value={draft.end}
          options={ends.map((end) => ({ value: end, label: t(`organise.end.${end}`) }))}
          onChange={(end) => set({ end: end as ScheduleDraft['end'] })}
        />
      </div>
      {draft.end === 'until' && (
        <NativeField
          label={t('organise.lastDay')}
          type="date"
          min={draft.day}
          value={draft.until}
          onChange={(until) => set({ until })}
        />
      )}
      {draft.end === 'count' && (
        <NativeField
          label={t('organise.times')}
          type="number"
          min={1}
          max={LIMITS.repetitions}
          value={draft.count}
          onChange={(count) => set({ count })}
        />
      )}
    </>
  );
}

/** The weekday of the first day is always among them. */
function Weekdays(props: {
  readonly draft: ScheduleDraft;
  readonly set: (change: Partial<ScheduleDraft>) => void;
}) {
  const { draft, set } = props;
  const { t } = useTranslation();
  const chosen = daysOf(draft);
  const first = draft.day === '' ? null : weekdayOf(draft.day);
  const toggle = (day: Weekday, on: boolean) =>
    set({ days: on ? [...draft.days, day] : draft.days.filter((other) => other !== day) });
  return (
    <fieldset className={styles.days}>
      <legend>{t('organise.on')}</legend>
      <div className={styles.boxes}>
        {WEEKDAYS.map((day) => (
          <label key={day} className={styles.day}>
            <input
              type="checkbox"
              checked={chosen.includes(day)}
              disabled={day === first}
              onChange={(event) => toggle(day, event.target.checked)}
            />
            {t(`organise.days.${day}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Those that this browser knows; one's own and the one that is set among them. */
function useZones(now: string): readonly string[] {
  return useMemo(
    () => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ownZone(), now])].sort(),
    [now],
  );
}
