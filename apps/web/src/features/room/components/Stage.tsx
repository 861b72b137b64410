import type { Meeting, ParticipantState } from '@conclave/client';
import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import { type CSSProperties, Suspense, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import { chooseShown, rememberSpeakers } from '../model/chooseShown.ts';
import { fitTiles, type Size } from '../model/fitTiles.ts';
import { planStage } from '../model/planStage.ts';
import { keyOf, largeOf, type Picture, smallPictures } from '../model/stage.ts';
import { isAudience, onStage } from '../model/webinar.ts';
import { StageReactions } from './conversation/StageReactions.tsx';
import { useLooking } from './RoomContext.ts';
import styles from './Stage.module.css';
import { Tile } from './Tile.tsx';
import { useRoomView } from './useRoomView.ts';
import { useSize } from './useSize.ts';
import { useTabHidden } from './useTabHidden.ts';

const EmptyStage = lazyPart(() => import('./webinar/EmptyStage.tsx'));
const gap = 8;

/** The pictures: a grid, or one large with the others beside or below it. */
export function Stage({ meeting, selfView }: { readonly meeting: Meeting; readonly selfView: boolean }) {
  const { t } = useTranslation();
  const { pinned, hidden } = useLooking();
  const [element, box] = useSize<HTMLElement>();
  const [strip, setStrip] = useState(true);
  const away = useTabHidden();
  const everybody = useObservable(meeting.state, (state) => state.participants);
  // Whoever is in a breakout room is neither seen nor heard here.
  const participants = useMemo(
    () => onStage(everybody).filter(({ breakoutRoom, self }) => breakoutRoom === null || self),
    [everybody],
  );
  const watching = useObservable(meeting.state, isAudience);
  const selfId = useObservable(meeting.state, (state) => state.selfId);
  const speakers = useObservable(meeting.state, (state) => state.speakers);
  const doubts = useObservable(meeting.state, (state) => state.doubts);
  const spotlight = useObservable(meeting.state, ({ orders }) => orders.spotlight);
  const { people: known } = useObservable(meeting.state, (state) => state.verification);
  const recent = useRecentSpeakers(speakers);

  const stage = useMemo(() => {
    const large = largeOf(participants, pinned, spotlight);
    const small = smallPictures(participants, large, selfView);
    const plan = planStage({ box, gap, count: small.length, focus: large[0]?.source ?? 'none', strip });
    const main = plan.main === null ? null : sizeOfLarge(large.length, plan.main);
    const first = small.filter(
      ({ source, participantId }) =>
        source === 'screen' || participantId === selfId || spotlight.some((id) => id === participantId),
    );
    const spoke = recent.map((participantId) => keyOf({ participantId, source: 'camera' }));
    // Rather a picture than initials.
    const filmed = participants
      .filter(({ sources }) => sources.camera)
      .map(({ id }) => keyOf({ participantId: id, source: 'camera' }));
    const wanted = [...spoke, ...filmed];
    const keys = new Set(chooseShown(small.map(keyOf), plan.shown, first.map(keyOf), wanted));
    return { large, main, plan, small: small.filter((picture) => keys.has(keyOf(picture))) };
  }, [participants, pinned, spotlight, selfView, box, strip, recent, selfId]);
  const { large, main, plan, small } = stage;

  useRoomView(
    meeting,
    useMemo(() => {
      if (box.width === 0) return null;
      const ids = participants.map(({ id }) => id);
      // Before anybody is known: tiles as for a few people.
      const expected = planStage({ box, gap, count: 4, focus: 'none', strip: true }).tile;
      return {
        selfId,
        participants: ids,
        large: stage.large,
        main: stage.main,
        small: stage.small,
        tile: ids.length === 0 ? expected : stage.plan.tile,
        stage: box,
        hidden,
        away,
      };
    }, [stage, participants, selfId, hidden, away, box]),
  );

  const people = new Map(participants.map((participant) => [participant.id, participant]));
  const withPicture = new Set(
    [...large, ...(large.length === 0 || strip ? small : [])]
      .filter(({ source }) => source === 'camera')
      .map(({ participantId }) => participantId),
  );
  const tile = (picture: Picture, size: Size, isLarge = false) => {
    const participant = people.get(picture.participantId);
    if (participant === undefined) return null;
    return (
      <Tile
        key={keyOf(picture)}
        participant={participant}
        source={picture.source}
        doubts={doubts}
        trust={known.find((one) => one.participantId === participant.id)?.trust}
        speaking={isSpeaking(speakers, participant)}
        size={size}
        large={isLarge}
        spotlit={picture.source === 'camera' && spotlight.some((id) => id === participant.id)}
      />
    );
  };

  return (
    <section
      ref={element}
      className={cx(styles.stage, plan.side === 'beside' && styles.beside)}
      aria-label={t('room.stage')}
    >
      {main !== null && plan.main !== null && (
        <div className={cx(styles.large, large.length > 1 && styles.several)} style={sized(plan.main)}>
          {large.map((picture) => tile(picture, main, true))}
          <Button
            className={styles.stripSwitch ?? ''}
            aria-label={strip ? t('room.stripHide') : t('room.stripShow')}
            aria-expanded={strip}
            onPress={() => setStrip(!strip)}
          >
            {strip ? (
              <PanelRightClose size={20} aria-hidden="true" />
            ) : (
              <PanelRightOpen size={20} aria-hidden="true" />
            )}
          </Button>
        </div>
      )}
      {(large.length === 0 || strip) && (
        <div className={styles.small} style={sized(plan.area)}>
          {small.map((picture) => tile(picture, plan.tile))}
          {plan.more > 0 && (
            <div
              className={cx(styles.more, plan.side === 'beside' && styles.moreFlat)}
              style={plan.side === 'beside' ? {} : sized(plan.tile)}
              role="img"
              aria-label={t('room.moreOf', { count: plan.more })}
            >
              +{plan.more}
            </div>
          )}
        </div>
      )}
      {watching && participants.length === 0 && (
        <Suspense>
          <EmptyStage />
        </Suspense>
      )}
      <StageReactions shown={withPicture} />
    </section>
  );
}

/** One fills the place, several share it. */
function sizeOfLarge(count: number, place: Size): Size {
  return count <= 1 ? place : fitTiles(count, place, gap).tile;
}

// Set through the DOM's style object, which the content security policy allows.
function sized({ width, height }: Size): CSSProperties {
  return { width, height };
}

function isSpeaking(speakers: readonly string[], { id, sources }: ParticipantState): boolean {
  return sources.microphone && speakers.includes(id);
}

function useRecentSpeakers(speakers: readonly string[]): readonly string[] {
  const recent = useRef<readonly string[]>([]);
  recent.current = rememberSpeakers(recent.current, speakers);
  return recent.current;
}
