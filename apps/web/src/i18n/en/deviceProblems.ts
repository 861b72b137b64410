/** Why a camera, microphone or screen is not on although it was asked for, and what to do. */
export const deviceProblems = {
  problems: {
    camera: {
      denied:
        'The browser may not use the camera. Click the camera or lock sign beside the address, allow the camera, and turn it on again.',
      dismissed: 'The browser’s question was closed. Turn on the camera again and allow it.',
      'not-found': 'No camera was found. Connect one and try again.',
      'in-use': 'Another program is using the camera. Close it there and try again.',
      unsupported: 'This page cannot use a camera. It must be opened over https in a current browser.',
      unplugged: 'The camera was disconnected.',
      failed: 'The camera did not start. Try again, or choose another one.',
    },
    microphone: {
      denied:
        'The browser may not use the microphone. Click the microphone or lock sign beside the address, allow the microphone, and turn it on again.',
      dismissed: 'The browser’s question was closed. Turn on the microphone again and allow it.',
      'not-found': 'No microphone was found. Connect one and try again.',
      'in-use': 'Another program is using the microphone. Close it there and try again.',
      unsupported: 'This page cannot use a microphone. It must be opened over https in a current browser.',
      unplugged: 'The microphone was disconnected. You are muted.',
      failed: 'The microphone did not start. Try again, or choose another one.',
    },
    screen: {
      denied:
        'The browser or the system did not allow sharing. On a Mac, allow it under Privacy & Security, Screen Recording.',
      dismissed: 'Nothing was chosen, so nothing is shared.',
      'not-found': 'There is nothing to share.',
      'in-use': 'The screen is already being captured by another program.',
      unsupported: 'This browser cannot share a screen. Phones cannot; use a computer.',
      unplugged: 'Sharing has ended.',
      failed: 'Sharing did not start. Try again.',
    },
  },
} as const;
