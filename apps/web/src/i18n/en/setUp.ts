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

export const password = {
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
} as const;
