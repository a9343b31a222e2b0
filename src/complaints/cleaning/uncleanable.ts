/** Thrown by a cleaner that will not vouch for what it leaves; its message is read after the file's name. */
export class Uncleanable extends Error {}
