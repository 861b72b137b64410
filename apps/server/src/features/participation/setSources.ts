import type { MediaSource, SourceSet } from '@conclave/protocol';
import type { ParticipationPorts, Place } from './ports.ts';

const sources: readonly (readonly [keyof SourceSet, MediaSource])[] = [
  ['microphone', 'microphone'],
  ['camera', 'camera'],
  ['screen', 'screen'],
  ['screenAudio', 'screen-audio'],
];

/** A participant says what they send. The room keeps it within what is allowed and tells everybody. */
export function setSources(ports: ParticipationPorts, place: Place, wish: SourceSet): void {
  const { meetingId, participantId } = place;
  const events = ports.rooms
    .find(meetingId)
    ?.handle({ type: 'set-sources', id: participantId, sources: wish });
  for (const event of events ?? []) {
    if (event.type !== 'changed') continue;
    for (const [key, source] of sources) {
      const on = event.member.sources[key];
      if (on !== event.before.sources[key]) {
        ports.emit({ event: 'source.changed', meetingId, participantId, source, on });
      }
    }
  }
}
