import * as z from 'zod/mini';

// Imported first. Without it zod tries whether the page may compile code, which the content security policy
// refuses and reports.
z.config({ jitless: true });
