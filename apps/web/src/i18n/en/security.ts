/** What the room says of its encryption at any time; what opens behind the shield brings its own texts. */
export const security = {
  shield: {
    forming: 'Agreeing on keys…',
    secured: 'End-to-end encrypted',
    waiting: 'Not let in yet',
    split: 'Cannot be verified',
    stuck: 'A change is held up',
    changed: 'A device changed',
    renamed: 'A name changed',
    disturbed: 'The room code was disturbed',
    unverifiable: 'Media not verified',
    regrouped: 'Compare the code again',
    joinedSince: 'Somebody joined since',
    refused: 'Somebody was refused',
  },
  reason: {
    changed: '{{name}} came with a device that this browser has never seen.',
    renamed: '{{name}} had another name when you verified them.',
    disturbed:
      '{{name}} sent something that does not fit, so there is no room code now. Ask them to reload the page.',
    unverifiable:
      'What comes as {{name}}’s cannot be verified and may be somebody else’s. What is certainly forged is neither shown nor heard. When it goes on, leave and join again.',
    regrouped: 'Your browser had to join the group anew since you compared the room code. Compare it again.',
    joinedSince: '{{name}} joined since you compared the room code.',
    refused_one: 'Somebody without the right passcode tried to get in and was kept out.',
    refused_other: '{{count}} times somebody without the right passcode tried to get in and was kept out.',
  },
  mark: { verified: 'Verified', changed: 'Device changed', renamed: 'Name changed' },
  tile: {
    media: 'Media could not be verified',
    sound: 'Sound could not be verified',
  },
} as const;
