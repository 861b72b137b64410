import './texts.ts';
import type { BreakoutsState, Meeting, MeetingBreakouts } from '@conclave/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { Banner } from '../Banner.tsx';
import styles from './BreakoutBanners.module.css';
import { InsideRoom } from './InsideRoom.tsx';
import { useLeft } from './useLeft.ts';
import { useRoomLabel } from './useRoomLabel.ts';

/** Broadcasts that were closed: moving to another room does not bring them back. */
const closed = new Set<string>();

/** What concerns oneself in the breakout rooms, above the pictures. @param home the meeting that the rooms are of */
export default function BreakoutBanners({ home }: { readonly home: Meeting }) {
  const { breakouts } = home;
  return breakouts === null ? null : <Known home={home} breakouts={breakouts} />;
}

function Known({ home, breakouts }: { readonly home: Meeting; readonly breakouts: MeetingBreakouts }) {
  const state = useObservable(breakouts.state);
  const { rooms, visit } = state;
  if (rooms === null) return null;
  return (
    <>
      {visit === null ? (
        <Outside breakouts={breakouts} state={state} />
      ) : (
        <InsideRoom key={visit.roomId} breakouts={breakouts} rooms={rooms} visit={visit} />
      )}
      <Closing rooms={rooms} />
      <HelpAsked home={home} breakouts={breakouts} state={state} />
      <LastBroadcast home={home} />
    </>
  );
}

/** Asked into a room, or free to choose one. */
function Outside({
  breakouts,
  state: { rooms, asked },
}: {
  readonly breakouts: MeetingBreakouts;
  readonly state: BreakoutsState;
}) {
  const { t } = useTranslation();
  const label = useRoomLabel(rooms);
  const left = useLeft(asked?.goesAt ?? null);
  if (rooms === null || rooms.closing) return null;
  if (asked !== null)
    return (
      <Banner
        kind="active"
        key={asked.roomId}
        action={{ name: t('breakout.asked.now'), run: () => breakouts.go(asked.roomId) }}
      >
        <strong>{t('breakout.asked.text', { room: label(asked.roomId) })}</strong>{' '}
        {/* Said each second it would drown everything else. */}
        <span aria-hidden="true">
          {t('breakout.asked.soon', { seconds: Math.ceil((left ?? 0) / 1_000) })}
        </span>
      </Banner>
    );
  if (rooms.choice) return <Choose breakouts={breakouts} rooms={rooms} />;
  const { own } = rooms;
  return own === null ? null : (
    <Banner action={{ name: t('breakout.lead.go'), run: () => breakouts.go(own) }}>
      {t('breakout.own', { room: label(own) })}
    </Banner>
  );
}

function Choose({
  breakouts,
  rooms,
}: {
  readonly breakouts: MeetingBreakouts;
  readonly rooms: NonNullable<BreakoutsState['rooms']>;
}) {
  const { t } = useTranslation();
  const label = useRoomLabel(rooms);
  const [chosen, setChosen] = useState<string>(rooms.own ?? rooms.rooms[0]?.id ?? '');
  return (
    <div className={styles.choose}>
      <Select
        label={t('breakout.choose')}
        value={chosen}
        options={rooms.rooms.map(({ id }) => ({ value: id, label: label(id) }))}
        onChange={setChosen}
      />
      <Button look="primary" onPress={() => breakouts.go(chosen)}>
        {t('breakout.lead.go')}
      </Button>
    </div>
  );
}

function Closing({ rooms }: { readonly rooms: NonNullable<BreakoutsState['rooms']> }) {
  const { t } = useTranslation();
  const left = useLeft(rooms.endsAt);
  if (rooms.closing)
    return (
      <Banner kind="warn" key="closing">
        {t('breakout.inside.closing')}
      </Banner>
    );
  return left !== null && left <= 60_000 ? (
    <Banner kind="warn" key="warning">
      {t('breakout.inside.warning')}
    </Banner>
  ) : null;
}

/** To hosts: who waits for them first. */
function HelpAsked({
  home,
  breakouts,
  state: { rooms, visit },
}: {
  readonly home: Meeting;
  readonly breakouts: MeetingBreakouts;
  readonly state: BreakoutsState;
}) {
  const { t } = useTranslation();
  const label = useRoomLabel(rooms);
  const participants = useObservable(home.state, (meeting) => meeting.participants);
  const asking = participants.find(
    ({ id, self, breakoutRoom }) =>
      !self &&
      breakoutRoom !== null &&
      breakoutRoom !== visit?.roomId &&
      rooms?.help.some((one) => one === id),
  );
  const roomId = asking?.breakoutRoom ?? null;
  if (asking === undefined || roomId === null) return null;
  return (
    <Banner
      kind="active"
      key={asking.id}
      action={{ name: t('breakout.lead.go'), run: () => breakouts.go(roomId) }}
    >
      <bdi>{t('breakout.lead.help', { name: asking.name, room: label(roomId) })}</bdi>
    </Banner>
  );
}

function LastBroadcast({ home }: { readonly home: Meeting }) {
  const { t } = useTranslation();
  const said = useObservable(home.conversation.broadcast);
  if (said === null || closed.has(said.key)) return null;
  return (
    <Banner kind="active" dismissable key={said.key} onDismiss={() => closed.add(said.key)}>
      <strong>
        <bdi>{t('breakout.broadcast', { name: said.author.name })}</bdi>
      </strong>{' '}
      <span dir="auto">{said.text}</span>
    </Banner>
  );
}
