/** The words of the mails about second factors, in English, as in `features/mail/texts.ts`. */
export const factorMailTexts = {
  kinds: {
    totp: 'An authenticator app',
    email: 'A code by email',
    sms: 'A code by text message',
    passkey: 'A passkey',
  },
  code: {
    subject: 'Your Conclave code',
    why: {
      'second-step': 'Enter this code to finish signing in:',
      confirm: 'Enter this code to confirm that it is you:',
      'set-up': 'Enter this code to set up codes by email:',
    },
    until: 'It is good for 10 minutes. Tell it to nobody: nobody who works for this service asks for it.',
    notSigningIn: 'If you are not signing in now, somebody knows your password. Change it.',
  },
  guessed: {
    subject: 'Somebody may know your password',
    what: 'Somebody has entered the password of your account, and then several wrong codes as the second factor. They did not get in, and further guesses are refused for a while.',
    next: 'If it was not you, choose a new password now:',
  },
  added: {
    subject: 'A second factor was added to your account',
    what: ({ kind, when }: { kind: string; when: string }) =>
      `${kind} can now be used to sign in to your account. It was set up on ${when}.`,
  },
  removed: {
    subject: 'A second factor was removed from your account',
    what: ({ kind, when }: { kind: string; when: string }) =>
      `${kind} can no longer be used to sign in to your account. It was removed on ${when}.`,
  },
  reset: {
    subject: 'Your second factors were reset',
    what: ({ when }: { when: string }) =>
      `An administrator removed all second factors and recovery codes of your account on ${when}, and signed you out everywhere. Sign in with your password and set up a new one.`,
    notAsked: 'If you did not ask for that, tell your administrator at once.',
  },
  recovery: {
    subject: 'A recovery code was used',
    what: ({ when, left }: { when: string; left: number }) =>
      `One of your recovery codes was used to sign in on ${when}. ${left === 1 ? '1 is' : `${left} are`} left.`,
    few: 'Make new ones:',
  },
  notYou:
    'If it was not you, choose a new password, look through your second factors, and tell your administrator:',
} as const;
