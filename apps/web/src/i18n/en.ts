import { errors } from './en/errors.ts';
import { home } from './en/home.ts';
import { room } from './en/room.ts';
import { visit } from './en/visit.ts';

/** Every text of the product. Keys are typed: one that is missing does not compile. */
export const en = {
  ui: {
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    loading: 'Loading…',
    tryAgain: 'Try again',
    reload: 'Reload',
    skip: 'Skip to the content',
    showCharacters: 'Show characters',
    hideCharacters: 'Hide characters',
  },
  shell: {
    home: 'Conclave, home',
    account: 'Account of {{name}}',
    devices: 'Signed-in devices',
    signOut: 'Sign out',
    signedOut: 'You are signed out. This browser keeps no links of your meetings any more.',
  },
  signIn: {
    title: 'Sign in',
    lead: 'To make and manage meetings. Joining one needs only its link.',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    needsOwner:
      'Nobody has set up this Conclave yet. Open the one-time owner link that it printed when it started.',
  },
  setUp: {
    title: 'Set up Conclave',
    lead: 'You become the owner of this service. The link that brought you here works once.',
    name: 'Name',
    nameHelp: 'Others see it in meetings.',
    submit: 'Create the account',
    invalid: {
      name: 'Enter a name without control characters.',
      email: 'Enter a whole email address, such as name@example.org.',
    },
    checking: 'Checking the link…',
    noLinkTitle: 'This page needs its link',
    noLink: 'Open the one-time owner link that Conclave printed when it started, exactly as it is.',
    badLinkTitle: 'This link does not work any more',
    badLink:
      'It has been used or has expired. Restart Conclave: while there is no owner it prints a new one.',
    done: 'Welcome. Your account is ready.',
  },
  password: {
    help: 'At least {{min}} characters. Several unrelated words are strong and easy to remember.',
    strength: 'Strength: {{level}}',
    levels: { s0: 'very weak', s1: 'weak', s2: 'fair', s3: 'strong', s4: 'very strong' },
    short_one: '{{count}} more character is needed.',
    short_other: '{{count}} more characters are needed.',
    long: 'At most {{max}} characters.',
    reasons: {
      common: 'It is on lists that attackers try first.',
      personal: 'It is built from your name or your email.',
      keyboard: 'Keys in a row are easy to guess.',
      repeat: 'Repeated characters or words add little.',
      sequence: 'Sequences such as “abc” or “6543” are easy to guess.',
      date: 'Dates and years are easy to guess.',
      words: 'Add a few unrelated words.',
    },
    good: 'This is a good password.',
  },
  sessions: {
    title: 'Signed-in devices',
    lead: 'Browsers that are signed in to your account. Revoke any that you do not know.',
    current: 'This browser',
    since: 'Signed in {{when}}',
    seen: 'last used {{when}}',
    revoke: 'Revoke',
    revokeOf: 'Revoke {{device}}',
    revoked: '{{device}} is signed out.',
    only: 'You are signed in nowhere else.',
  },
  home,
  visit,
  room,
  notFound: {
    title: 'There is nothing here',
    lead: 'The address may be mistyped, or what was here is gone.',
    home: 'Go to the start page',
  },
  crash: {
    title: 'Something went wrong on this page',
    lead: 'Your camera and microphone are off. Reload the page to go on.',
  },
  errors,
} as const;
