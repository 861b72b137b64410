import { type ReactNode, Suspense, useRef, useState } from 'react';
import { lazyPart } from '../../../../ui/lazyPart.ts';
import { RoundButton } from '../../../../ui/RoundButton.tsx';

/** What it takes to place something above a button is fetched when it is first wanted. */
const AbovePopover = lazyPart(() => import('./AbovePopover.tsx'));

/** A button of the bar with something small above it. */
export function BarPopover(props: {
  /** What the button does. */
  readonly name: string;
  readonly caption: string;
  readonly icon: ReactNode;
  /** What opens. */
  readonly title: string;
  readonly children: (close: () => void) => ReactNode;
}) {
  const { name, caption, icon, title, children } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <RoundButton
        ref={button}
        name={name}
        caption={caption}
        look={open ? 'active' : 'plain'}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPress={() => setOpen(!open)}
      >
        {icon}
      </RoundButton>
      {open && (
        <Suspense>
          <AbovePopover button={button} title={title} onClose={() => setOpen(false)}>
            {children(() => setOpen(false))}
          </AbovePopover>
        </Suspense>
      )}
    </>
  );
}
