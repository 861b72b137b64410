import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react';

interface TrackVideoProps extends Omit<ComponentPropsWithoutRef<'video'>, 'children'> {
  readonly track: MediaStreamTrack;
}

/**
 * Whether an element shows another track of its stream once the one that it showed is taken out. Firefox selects none
 * (its VideoTrackList), and the picture stands still; nothing that a page can ask tells but the browser's kind.
 */
const followsStream = !CSS.supports('-moz-appearance', 'none');

/** Shows one live track. It is muted: sound has elements of its own. */
export function TrackVideo({ track, ...rest }: TrackVideoProps) {
  const element = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    if (stream.current === null || !followsStream) {
      stream.current = new MediaStream([track]);
      video.srcObject = stream.current;
      // Muted pictures may always play; a refusal means only that the element has gone meanwhile.
      video.play().catch(() => {});
      return;
    }
    // Within the same stream the last picture stays until the first one of the new track: nothing goes dark.
    const former = stream.current.getVideoTracks();
    if (former.includes(track)) return;
    stream.current.addTrack(track);
    for (const each of former) stream.current.removeTrack(each);
  }, [track]);
  useEffect(() => {
    const video = element.current;
    return () => {
      stream.current = null;
      if (video !== null) video.srcObject = null;
    };
  }, []);
  return <video {...rest} ref={element} autoPlay playsInline muted />;
}
