import type { Meeting } from '@conclave/client';
import { Suspense, useEffect } from 'react';
import { lazyPart } from '../../../../ui/lazyPart.ts';
import { useObservable } from '../../../../ui/useObservable.ts';
import type { Visit } from '../../../visit/model/visit.ts';
import { loadRoom } from '../../load.ts';

const Room = lazyPart(loadRoom);

/** The meeting from inside, or the breakout room that one is in: one of the two is shown and heard. */
export default function BreakoutRooms(props: {
  readonly visit: Visit;
  readonly meeting: Meeting;
  readonly returning: boolean;
}) {
  const { visit, meeting, returning } = props;
  const { breakouts } = meeting;
  const stay = useStay(meeting);
  useEffect(
    () =>
      breakouts?.onNotice((notice) => {
        import('./showNotice.ts').then(
          ({ showNotice }) => showNotice(notice),
          () => {},
        );
      }),
    [breakouts],
  );
  return (
    <Suspense>
      <Room
        key={stay?.roomId ?? 'meeting'}
        visit={visit}
        home={meeting}
        meeting={stay?.meeting ?? meeting}
        returning={returning && stay === null}
      />
    </Suspense>
  );
}

function useStay({ breakouts, state }: Meeting) {
  // A meeting in a breakout room has none of its own.
  const { subscribe, get } = breakouts?.state ?? { subscribe: state.subscribe, get: () => null };
  return useObservable({ subscribe, get }, (rooms) => rooms?.visit ?? null);
}
