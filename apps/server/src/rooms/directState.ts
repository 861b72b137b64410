import type { DirectEnd, DirectOfferId, DirectPath, ParticipantId } from '@conclave/protocol';
import { type DirectPerson, isAskedToAgree } from '../policy/directPath.ts';
import type { Member, RoomState } from './roomState.ts';

/** What one of the two has sent for the other since the offer was made. */
export interface Relayed {
  readonly descriptions: number;
  readonly candidates: number;
}

export interface DirectOffer {
  readonly id: DirectOfferId;
  /** ms since the epoch. */
  readonly madeAt: number;
  /** The one who makes the description first. */
  readonly pair: readonly [offerer: ParticipantId, answerer: ParticipantId];
  /** Who receives over the direct path what the other one sends. */
  readonly flowing: ReadonlySet<ParticipantId>;
  readonly relayed: ReadonlyMap<ParticipantId, Relayed>;
}

/** Where a room stands with a direct path. */
export interface DirectState {
  readonly offer: DirectOffer | null;
  /** Offers ever made in this room. */
  readonly offers: number;
  /** Offers in a row that failed between these two. */
  readonly failures: number;
  /** Since when nothing stands in the way of an offer, as the room has noticed; null while something does. */
  readonly clearSince: number | null;
  readonly ended: DirectEnd | null;
}

export function noDirectPath(): DirectState {
  return { offer: null, offers: 0, failures: 0, clearSince: null, ended: null };
}

export function isEstablished({ pair, flowing }: DirectOffer): boolean {
  return pair.every((id) => flowing.has(id));
}

export function directPeople(state: RoomState): readonly DirectPerson[] {
  return [...state.members.values()];
}

/** What a member is told. */
export function directPathOf(state: RoomState, member: Member): DirectPath {
  const { offer, ended } = state.direct;
  if (state.rules.directPath === 'off') return { state: 'off' };
  const { agreed } = member;
  if (offer === null || !offer.pair.includes(member.id)) {
    const asks = isAskedToAgree(state.rules, directPeople(state), member);
    return { state: 'server', agreed, asks, ended };
  }
  const [offerer, answerer] = offer.pair;
  return {
    state: isEstablished(offer) ? 'established' : 'offered',
    offerId: offer.id,
    peerId: member.id === offerer ? answerer : offerer,
    role: member.id === offerer ? 'offerer' : 'answerer',
    agreed,
  };
}
