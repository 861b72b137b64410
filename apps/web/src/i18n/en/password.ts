export const password = {
  help: 'At least {{min}} characters. Several unrelated words are strong and easy to remember.',
  made: {
    'letters-and-digits': 'Letters and digits both.',
    'letters-digits-and-signs': 'Small and capital letters, digits and signs, all of them.',
  },
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
