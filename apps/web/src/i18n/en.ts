import { conversation } from './en/conversation.ts';
import { home } from './en/home.ts';
import { room } from './en/room.ts';
import { security } from './en/security.ts';
import { visit } from './en/visit.ts';

/** The texts that everybody needs; others come with their part (`addTexts.ts`). Keys are typed: one that is missing does not compile. */
export const en = {
  ui: {
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    loading: 'Loading…',
    tryAgain: 'Try again',
    reload: 'Reload',
    notLoaded: 'A part of this page could not be loaded. Trying again…',
    skip: 'Skip to the content',
    showCharacters: 'Show characters',
    hideCharacters: 'Hide characters',
  },
  shell: {
    home: 'Conclave, home',
    account: 'Account of {{name}}',
    ownAccount: 'Your account',
    about: 'About this service',
    devices: 'Signed-in devices',
    people: 'People and calls',
    admin: 'Administration',
    signOut: 'Sign out',
    signedOut: 'You are signed out. This browser keeps no links of your meetings any more.',
  },
  signIn: {
    title: 'Sign in',
    lead: 'To make and manage meetings. Joining one needs only its link.',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    forgot: 'Forgot your password?',
    needsOwner:
      'Nobody has set up this Conclave yet. Open the one-time owner link that it printed when it started.',
  },
  home,
  visit,
  room,
  conversation,
  security,
  notFound: {
    title: 'There is nothing here',
    lead: 'The address may be mistyped, or what was here is gone.',
    home: 'Go to the start page',
  },
  crash: {
    title: 'Something went wrong on this page',
    lead: 'Your camera and microphone are off. Reload the page to go on.',
  },
} as const;
