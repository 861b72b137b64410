/** What other pages say too. */
export const home = {
  copied: 'Link copied. Whoever has it has the passcode too.',
  copyByHandTitle: 'Copy it from here',
  copyByHand: 'The browser did not let us copy. Select the text and copy it yourself.',
  copyByHandLabel: 'Text to copy',
} as const;
