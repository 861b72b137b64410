/** When a visit to a meeting is over, or did not come about. */
export const visitOver = {
  left: {
    title: 'Left the meeting',
    left: 'You have left the meeting. Your camera and microphone are off.',
    lost: 'The connection was away too long. Your camera and microphone are off.',
    'meeting-ended': 'The meeting has ended. Your camera and microphone are off.',
    replaced: 'You are in this meeting in another tab or window. Here, your camera and microphone are off.',
    'signed-out': 'You were signed out, so you left the meeting. Your camera and microphone are off.',
    'members-only':
      'This meeting is now for people with an account here only. Your camera and microphone are off.',
    removed: 'A host removed you from the meeting. Your camera and microphone are off.',
    'turned-away': 'A host did not let you in. Your camera and microphone are off.',
    'new-passcode':
      'The passcode of this meeting was changed while you waited. Ask the organiser for the new one.',
    moved: 'You are no longer in this breakout room.',
    uninvited: 'Your invitation to this meeting was taken back. Your camera and microphone are off.',
    'waited-too-long':
      'You waited for a long time and nobody let you in. Your camera and microphone are off.',
    'lobby-full':
      'So many people wait that others of whom more is known had your place. Your camera and microphone are off.',
    by: {
      removed: '{{name}} removed you from the meeting. Your camera and microphone are off.',
      'turned-away': '{{name}} did not let you in. Your camera and microphone are off.',
      'meeting-ended': '{{name}} ended the meeting for everybody. Your camera and microphone are off.',
    },
    titles: {
      removed: 'You were removed',
      'turned-away': 'You were not let in',
      uninvited: 'Your invitation was taken back',
      'waited-too-long': 'Nobody let you in',
      'lobby-full': 'The waiting room is full',
      'meeting-ended': 'The meeting has ended',
    },
    next: {
      removed:
        'You cannot come in again unless a host lets you back. If it was a mistake, write to whoever invited you.',
      'turned-away':
        'If they may not have recognised you, tell them over another way who you are, and ask again.',
      uninvited: 'Ask whoever invited you for another one.',
      'waited-too-long': 'Ask whoever invited you when the meeting begins.',
      'lobby-full': 'Try again in a few minutes, or tell the host over another way that you are here.',
    },
    askAgain: 'Ask to come in again',
    again: 'Return to the meeting',
    home: 'Go to your meetings',
    close: 'You can close this tab.',
  },
  failed: {
    title: 'The meeting cannot be entered',
    broken: 'You are out of the meeting',
    again: 'Try again',
    home: 'Go to the start page',
    off: 'Your camera and microphone are off.',
  },
} as const;
