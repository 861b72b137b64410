import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react';

interface TrackVideoProps extends Omit<ComponentPropsWithoutRef<'video'>, 'children'> {
  readonly track: MediaStreamTrack;
}

/** Shows one live track. It is muted: sound has elements of its own. */
export function TrackVideo({ track, ...rest }: TrackVideoProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    video.srcObject = new MediaStream([track]);
    // Muted pictures may always play; a refusal means only that the element has gone meanwhile.
    video.play().catch(() => {});
    return () => {
      video.srcObject = null;
    };
  }, [track]);
  return <video {...rest} ref={element} autoPlay playsInline muted />;
}
