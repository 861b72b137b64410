/** What is said to screen readers of what others see happen. */
export const announcements = {
  room: {
    says: {
      joined: '{{name}} joined.',
      joinedMany_one: '{{count}} person joined.',
      joinedMany_other: '{{count}} people joined.',
      left: '{{name}} left.',
      leftMany_one: '{{count}} person left.',
      leftMany_other: '{{count}} people left.',
      shares: '{{name}} shows a screen.',
      sharesEnd: '{{name}} no longer shows a screen.',
      microphoneOn: 'Your microphone is on.',
      microphoneOff: 'Your microphone is off.',
      cameraOn: 'Your camera is on.',
      cameraOff: 'Your camera is off.',
      reconnecting: 'The connection was lost. Reconnecting.',
      back: 'You are connected again.',
      pathDirect: 'Pictures and sound now go directly between you two.',
      pathServer: 'Pictures and sound now go through your organisation’s server.',
    },
  },
  security: {
    says: {
      forming: 'Keys are being agreed on anew. Nothing is sent meanwhile.',
      secured: 'The meeting is end-to-end encrypted again.',
    },
  },
} as const;
