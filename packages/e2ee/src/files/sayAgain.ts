/** What a message of kind `file` begins with, and ends with, when somebody who was away asks what was offered. */
export const SAY_AGAIN = 3;
