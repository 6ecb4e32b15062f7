/** `node:os`. */
export const homedir = (): string => "/";
