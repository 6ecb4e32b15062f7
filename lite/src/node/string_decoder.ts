/** `node:string_decoder`. */
export class StringDecoder {
  #decoder = new TextDecoder("utf-8");

  write(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true });
  }

  end(): string {
    const rest = this.#decoder.decode();
    this.#decoder = new TextDecoder("utf-8");
    return rest;
  }
}
