import { State } from '@conclave/client';
import { browserStorage } from '../../../../storage/storage.ts';
import { useObservable } from '../../../../ui/useObservable.ts';

const key = 'conclave.lobby-sound';
const wanted = new State(browserStorage.get(key) !== 'no');

/** Whether this browser rings when somebody waits. */
export function useLobbySound(): [boolean, (on: boolean) => void] {
  return [
    useObservable(wanted),
    (on) => {
      browserStorage.set(key, on ? 'yes' : 'no');
      wanted.set(on);
    },
  ];
}
