import type { MailTexts } from '../texts.ts';
import { pluralIn } from './plural.ts';

const locale = 'en-GB';
const plural = pluralIn(locale);

export const en: MailTexts = {
  locale,
  greeting: ({ name }) => `Hello ${name},`,
  from: ({ origin }) => `Conclave, ${origin}`,
  instant: ({ day, time }) => `${day} at ${time} (UTC)`,
  device: ({ browser, system }) =>
    system === null ? (browser ?? 'A browser') : `${browser ?? 'A browser'} on ${system}`,
  invitation: {
    subject: ({ inviter }) => `${inviter} invites you to Conclave`,
    why: ({ inviter, service }) =>
      `${inviter} has made an account for you at ${service}, where meetings are end-to-end encrypted.`,
    open: 'Open this link to choose a password and begin:',
    openSignOn: 'Open this link to begin. You sign in with the account that you have at your organisation:',
    until:
      'It works once, for seven days. If you expected no invitation, do nothing: without you there is no account.',
  },
  reset: {
    subject: 'Choose a new password',
    why: 'Somebody, we hope you, asked for a new password of your account. Open this link to choose it:',
    until: 'It works once, for an hour.',
    notYou: 'If it was not you, do nothing: your password stays as it is.',
  },
  passwordChanged: {
    subject: 'Your password was changed',
    what: ({ when }) =>
      `The password of your account was changed on ${when}. All other devices were signed out.`,
    notYou: 'If it was not you, choose a new one now, and tell your administrator:',
  },
  passwordRemoved: {
    subject: 'Your password was removed',
    what: ({ when }) =>
      `The password of your account was removed on ${when}: from now on you sign in without one. All other devices were signed out.`,
    notYou: 'If it was not you, choose a new one now, and tell your administrator:',
  },
  newDevice: {
    subject: ({ device }) => `New sign-in: ${device}`,
    what: ({ device, when }) =>
      `Your account was signed in to on ${when} with a browser that had not been used for it before: ${device}.`,
    notYou: 'If it was not you, sign that device out here and choose a new password:',
  },
  identityLinked: {
    subject: ({ provider }) => `Your account was linked with ${provider}`,
    what: ({ provider, when }) =>
      `On ${when} your account was linked with an account at ${provider}, which can sign in to it from now on.`,
    notYou: 'If it was not you, unlink it here, choose a new password, and tell your administrator:',
  },
  meeting: {
    untitled: 'Meeting',
    subject: ({ inviter, title }) =>
      title === null ? `${inviter} invites you to a meeting` : `${inviter} invites you: ${title}`,
    changedSubject: ({ title }) => `Invitation, as it is now: ${title}`,
    cancelledSubject: ({ title }) => `Cancelled: ${title}`,
    why: ({ inviter, email, service }) =>
      `${inviter} (${email}) invites you to an end-to-end encrypted meeting at ${service}.`,
    what: ({ title }) => `What: ${title}`,
    when: ({ when }) => `When: ${when}`,
    open: ({ name }) =>
      `This link is for you alone. Whoever comes in with it is shown as invited under the name ${name}, so pass it on to nobody:`,
    passcodeApart: ({ inviter }) =>
      `You are asked for a passcode. ${inviter} sends it to you another way: this message alone opens nothing.`,
    notYou: ({ inviter }) =>
      `If you do not know ${inviter}, do nothing. Without the passcode there is no meeting.`,
    cancelled: ({ inviter }) => `${inviter} has cancelled this meeting, or taken it off the calendar.`,
    entry: ({ inviter }) => `An end-to-end encrypted meeting of ${inviter}.`,
  },
  schedule: {
    sameDay: ({ day, from, to, zone }) => `${day}, ${from} to ${to} (${zone})`,
    overnight: ({ day, from, lastDay, to, zone }) => `${day}, ${from} to ${lastDay}, ${to} (${zone})`,
    every: ({ every, interval }) => (interval === 1 ? `every ${every}` : `every ${interval} ${every}s`),
    onDays: ({ days, and }) => `on ${and(days)}`,
    times: ({ count }) => `${count} ${plural(count, 'time', 'times')}`,
    until: ({ day }) => `until ${day}`,
  },
  missedCall: {
    subject: 'You have missed a call',
    what: ({ caller, when }) => `${caller} called you on ${when}.`,
    why: 'You get this because you chose to be told of missed calls by mail. On the same page you can turn it off.',
  },
  addressChanged: {
    subject: 'The address of your account was changed',
    what: ({ when }) =>
      `Your organisation’s directory gave your account another address on ${when}. All devices were signed out, and mail about it goes to the new address from now on.`,
    notYou: 'If you do not know of this, tell your administrator now.',
  },
  attack: {
    subject: 'Somebody guesses passwords',
    one: ({ account, attempts }) =>
      `There were more than ${attempts} wrong passwords for ${account} within a short time.`,
    many: ({ attempts }) =>
      `There were more than ${attempts} wrong passwords for many accounts within a short time, from places that nobody has signed in from before.`,
    done: 'Further guesses are refused for a while. Whoever comes with a browser that they have used before can still sign in.',
  },
  factors: {
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
      sms: ({ code }) => `${code} is your Conclave code. It is good for 10 minutes. Tell it to nobody.`,
    },
    guessed: {
      subject: 'Somebody may know your password',
      what: 'Somebody has entered the password of your account, and then several wrong codes as the second factor. They did not get in, and further guesses are refused for a while.',
      next: 'If it was not you, choose a new password now:',
    },
    added: {
      subject: 'A second factor was added to your account',
      what: ({ kind, when }) =>
        `${kind} can now be used to sign in to your account. It was set up on ${when}.`,
    },
    removed: {
      subject: 'A second factor was removed from your account',
      what: ({ kind, when }) =>
        `${kind} can no longer be used to sign in to your account. It was removed on ${when}.`,
    },
    reset: {
      subject: 'Your second factors were reset',
      what: ({ when }) =>
        `An administrator removed all second factors and recovery codes of your account on ${when}, and signed you out everywhere.`,
      byPassword: 'Sign in with your password and set up a new one.',
      withoutPassword:
        'Your account has no password: unless you sign in through your organisation, choose one here, and then set up a new second factor:',
      notAsked: 'If you did not ask for that, tell your administrator at once.',
    },
    recovery: {
      subject: 'A recovery code was used',
      what: ({ when, left }) =>
        `One of your recovery codes was used to sign in on ${when}. ${left} ${plural(left, 'is', 'are')} left.`,
      few: 'Make new ones:',
    },
    notYou:
      'If it was not you, choose a new password, look through your second factors, and tell your administrator:',
  },
};
