import type { Devices } from '@conclave/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../ui/useObservable.ts';
import { Banner } from './Banner.tsx';
import styles from './Sound.module.css';

/** Plays what the others say. Where the browser holds it back, one press lets all of it play. */
export function Sound({
  tracks,
  devices,
}: {
  readonly tracks: readonly MediaStreamTrack[];
  readonly devices: Devices;
}) {
  const { t } = useTranslation();
  const { speakerId } = useObservable(devices.state);
  const [blocked, setBlocked] = useState(false);
  const group = useRef<HTMLDivElement>(null);
  const onBlocked = useCallback(() => setBlocked(true), []);

  // Within the press itself, which is what the browser asks for.
  const allow = () => {
    const elements = [...(group.current?.querySelectorAll('audio') ?? [])];
    setBlocked(false);
    for (const element of elements) play(element, onBlocked);
  };

  return (
    <div ref={group}>
      {tracks.map((track) => (
        <AudioTrack key={track.id} track={track} speakerId={speakerId} onBlocked={onBlocked} />
      ))}
      {blocked && (
        <div className={styles.blocked}>
          <Banner kind="warn" action={{ name: t('room.soundAllow'), run: allow }}>
            {t('room.soundBlocked')}
          </Banner>
        </div>
      )}
    </div>
  );
}

function AudioTrack(props: {
  readonly track: MediaStreamTrack;
  readonly speakerId: string | null;
  readonly onBlocked: () => void;
}) {
  const { track, speakerId, onBlocked } = props;
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (audio === null) return;
    audio.srcObject = new MediaStream([track]);
    play(audio, onBlocked);
    return () => {
      audio.srcObject = null;
    };
  }, [track, onBlocked]);
  useEffect(() => {
    // Where loudspeakers cannot be chosen the system's is used; one that is gone falls back to it as well.
    void element.current?.setSinkId?.(speakerId ?? '').catch(() => {});
  }, [speakerId]);
  // biome-ignore lint/a11y/useMediaCaption: live speech; captions are a feature of their own
  return <audio ref={element} autoPlay data-audio-slot={track.id} />;
}

function play(audio: HTMLAudioElement, onBlocked: () => void): void {
  audio.play().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'NotAllowedError') onBlocked();
  });
}
