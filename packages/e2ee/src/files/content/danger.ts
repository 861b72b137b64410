/**
 * Why a file is not passed on, by the policy of `fileTypes.ts`.
 *
 * - `program`: it runs when it is opened, or is an installer or a disk image that carries such.
 * - `script`: a text that a shell or an interpreter runs.
 * - `active`: a web page or a drawing that can hold scripts (HTML, SVG).
 * - `macros`: an office document with a program in it.
 * - `mismatch`: the name says one kind of content, and it is another one.
 * - `unclear`: a container that cannot be looked into, so what it holds cannot be told.
 */
export type Danger = 'program' | 'script' | 'active' | 'macros' | 'mismatch' | 'unclear';
