import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TimelineEntry } from '../../model/chatTimeline.ts';

/** So close to the end counts as being there, px. */
const near = 48;

/** Keeps the last message in sight, unless somebody has scrolled up to read: then it says that there is more below. */
export function useStickToEnd(entries: readonly TimelineEntry[]): {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly behind: boolean;
  readonly toEnd: () => void;
} {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const last = entries.at(-1);

  const toEnd = () => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setBehind(false);
  };

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let height = element.clientHeight;
    const look = () => {
      // Another size is not somebody who scrolls: the observer is about to see to it.
      if (element.clientHeight !== height) return;
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < near;
      if (atEnd.current) setBehind(false);
    };
    // The keyboard of a phone, or a longer draft, takes room away from below.
    const resized = new ResizeObserver(() => {
      height = element.clientHeight;
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', look, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: when something is added, not when something changes
  useLayoutEffect(() => {
    const own =
      last?.kind === 'message' || last?.kind === 'poll'
        ? last.author.self
        : last?.kind === 'file' && last.file.from.self;
    if (atEnd.current || own) toEnd();
    else setBehind(true);
  }, [last?.key]);

  return { box, behind, toEnd };
}
