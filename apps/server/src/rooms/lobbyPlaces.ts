import { isSelfDeclared } from './known.ts';
import type { Knock, RoomState, Visitor } from './roomState.ts';

/** Of all places, for the people of one address. Behind it may be a whole office, and nobody alone shall fill the lobby. */
const shareOfAddress = 11 / 15;

/**
 * A full lobby is shared: whoever is known comes before those of whom nothing is known but what they say, and among these
 * no address has a place while another one has two fewer. So nobody is kept from knocking by a crowd that one person made.
 *
 * @param places of the lobby
 * @returns who gives way, null: nobody has to; `full`: nobody will
 */
export function placeInLobby({ lobby }: RoomState, newcomer: Visitor, places: number): Knock | null | 'full' {
  const strangers = [...lobby.values()].filter(isSelfDeclared);
  const isKnown = !isSelfDeclared(newcomer);
  const ofAddress = Map.groupBy(strangers, ({ addressKey }) => addressKey);
  const own = isKnown ? 0 : (ofAddress.get(newcomer.addressKey)?.length ?? 0);
  if (newcomer.addressKey !== null && own >= places * shareOfAddress) return 'full';
  if (lobby.size < places) return null;
  const [crowd] = [...ofAddress.values()].sort((one, other) => other.length - one.length);
  const last = crowd?.at(-1);
  if (crowd === undefined || last === undefined) return 'full';
  return isKnown || crowd.length > own + 1 ? last : 'full';
}
