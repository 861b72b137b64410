/** The words of the mails, in English. Each line that takes something is a function of it, so that a language can order its own. */
export const mailTexts = {
  greeting: ({ name }: { name: string }) => `Hello ${name},`,
  from: ({ origin }: { origin: string }) => `Conclave, ${origin}`,
  invitation: {
    subject: ({ inviter }: { inviter: string }) => `${inviter} invites you to Conclave`,
    why: ({ inviter, service }: { inviter: string; service: string }) =>
      `${inviter} has made an account for you at ${service}, where meetings are end-to-end encrypted.`,
    open: 'Open this link to choose a password and begin:',
    until:
      'It works once, for seven days. If you expected no invitation, do nothing: without you there is no account.',
  },
  reset: {
    subject: 'Choose a new password',
    why: 'Somebody, we hope you, asked for a new password of your account. Open this link to choose it:',
    until: 'It works once, for 30 minutes.',
    notYou: 'If it was not you, do nothing: your password stays as it is.',
  },
  passwordChanged: {
    subject: 'Your password was changed',
    what: ({ when }: { when: string }) =>
      `The password of your account was changed on ${when}. All other devices were signed out.`,
    notYou: 'If it was not you, choose a new one now, and tell your administrator:',
  },
  newDevice: {
    subject: ({ device }: { device: string }) => `New sign-in: ${device}`,
    what: ({ device, when }: { device: string; when: string }) =>
      `Your account was signed in to on ${when} with ${device}, which had not been used for it before.`,
    notYou: 'If it was not you, sign that device out here and choose a new password:',
  },
  identityLinked: {
    subject: ({ provider }: { provider: string }) => `Your account was linked with ${provider}`,
    what: ({ provider, when }: { provider: string; when: string }) =>
      `On ${when} your account was linked with an account at ${provider}, which can sign in to it from now on.`,
    notYou: 'If it was not you, unlink it here, choose a new password, and tell your administrator:',
  },
  attack: {
    subject: 'Somebody guesses passwords',
    one: ({ account, attempts }: { account: string; attempts: number }) =>
      `There were more than ${attempts} wrong passwords for ${account} within a short time.`,
    many: ({ attempts }: { attempts: number }) =>
      `There were more than ${attempts} wrong passwords for many accounts within a short time, from places that nobody has signed in from before.`,
    done: 'Further guesses are refused for a while. Whoever comes with a browser that they have used before can still sign in.',
  },
} as const;
