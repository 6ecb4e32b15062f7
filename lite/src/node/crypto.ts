/** `node:crypto`: nothing is signed here, as messages do not leave the page. */
export const randomUUID = (): string => crypto.randomUUID();
export const createHmac = (): never => {
  throw new Error("Nothing is signed in a browser");
};
export const timingSafeEqual = createHmac;
