import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { scanCodes } from '../model/scanCodes.ts';
import styles from './ScanCode.module.css';

/** The camera's picture, in which QR codes are looked for. Nothing of it leaves the browser. */
export default function ScanCode(props: {
  readonly onFound: (text: string) => void;
  readonly onStop: () => void;
}) {
  const { onFound, onStop } = props;
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onFound);
  found.current = onFound;
  const [refused, setRefused] = useState(false);

  useEffect(() => {
    const closing = new AbortController();
    void watch(video.current, closing.signal, (text) => found.current(text)).catch(() => {
      if (!closing.signal.aborted) setRefused(true);
    });
    return () => closing.abort();
  }, []);

  return (
    <div className={styles.scan}>
      {refused ? (
        <Notice kind="warn" live>
          {t('security.scanning.noCamera')}
        </Notice>
      ) : (
        <>
          <p role="status">{t('security.scanning.looking')}</p>
          <video
            ref={video}
            className={styles.video}
            autoPlay
            muted
            playsInline
            aria-label={t('security.scanning.camera')}
          />
        </>
      )}
      <Button onPress={onStop}>{t('security.scanning.stop')}</Button>
    </div>
  );
}

/** @throws DOMException when there is no camera to be had */
async function watch(
  video: HTMLVideoElement | null,
  signal: AbortSignal,
  found: (text: string) => void,
): Promise<void> {
  if (video === null) return;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const stopScan = scanCodes(video, found);
  const stop = () => {
    stopScan();
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  if (signal.aborted) {
    stop();
    return;
  }
  signal.addEventListener('abort', stop, { once: true });
  video.srcObject = stream;
}
