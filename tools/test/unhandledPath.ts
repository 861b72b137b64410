/** Of the Vitest run that was last: a list of lines, JSON. */
export const unhandledPath = '.test-output/unhandled.json';
