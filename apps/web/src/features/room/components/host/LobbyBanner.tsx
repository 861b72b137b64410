import './texts.ts';
import type { Meeting } from '@conclave/client';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../../ui/useObservable.ts';
import { Banner } from '../Banner.tsx';
import { ring } from './ring.ts';
import { useAct } from './useAct.ts';
import { useLobbySound } from './useLobbySound.ts';

/** Says that somebody waits, to whoever may let them in, as long as the list is not open. */
export default function LobbyBanner(props: {
  readonly meeting: Meeting;
  readonly listOpen: boolean;
  readonly onLook: () => void;
}): ReactNode {
  const { meeting, listOpen, onLook } = props;
  const { t } = useTranslation();
  const act = useAct();
  const all = useObservable(meeting.state, (state) => state.lobby);
  const lobby = useMemo(() => all.filter(({ waitsFor }) => waitsFor === 'host'), [all]);
  const [sound] = useLobbySound();
  const rung = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const isNew = lobby.some(({ participantId }) => !rung.current.has(participantId));
    rung.current = new Set(lobby.map(({ participantId }) => participantId));
    if (isNew && sound) ring();
  }, [lobby, sound]);
  const [first] = lobby;
  if (first === undefined || listOpen) return null;
  const look = { name: t('host.lobby.look'), run: onLook };
  // What is not checked yet is not signed either.
  if (lobby.length > 1 || first.proof !== 'valid')
    return (
      <Banner kind="active" key="several" action={look}>
        {lobby.length > 1
          ? t('host.lobby.several', { count: lobby.length })
          : t('host.lobby.one', { name: first.name })}
      </Banner>
    );
  return (
    <Banner
      kind="active"
      key={first.participantId}
      action={{
        name: t('host.lobby.admit'),
        run: () => act(() => meeting.moderation.admit([first.participantId])),
      }}
      refusal={look}
    >
      <bdi>{t('host.lobby.one', { name: first.name })}</bdi>
    </Banner>
  );
}
