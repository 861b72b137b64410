export const setUp = {
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
  badLink: 'It has been used or has expired. Restart Conclave: while there is no owner it prints a new one.',
  done: 'Welcome. Your account is ready.',
} as const;
