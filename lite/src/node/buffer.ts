/** `Buffer`, as far as the kernel and notebooks use it. */

type Encoding = "utf8" | "utf-8" | "latin1" | "ascii" | "base64" | "base64url" | "hex";

class Bytes extends Uint8Array {
  // Otherwise than those of its parent, so under a name of its own until the end of this file.
  static make(value: string | ArrayLike<number> | ArrayBuffer, encoding: Encoding = "utf8"): Bytes {
    if (typeof value === "string") return wrapped(bytesOf(value, encoding));
    return wrapped(value instanceof ArrayBuffer ? new Uint8Array(value) : Uint8Array.from(value));
  }

  static alloc(size: number, fill = 0): Bytes {
    return wrapped(new Uint8Array(size).fill(fill));
  }

  static concat(parts: readonly Uint8Array[]): Bytes {
    return wrapped(Uint8Array.from(parts.flatMap((part) => [...part])));
  }

  static byteLength(text: string, encoding: Encoding = "utf8"): number {
    return bytesOf(text, encoding).length;
  }

  static isBuffer(value: unknown): value is Bytes {
    return value instanceof Bytes;
  }

  override toString(encoding: Encoding = "utf8", start = 0, end: number = this.length): string {
    const bytes = this.subarray(start, end);
    switch (encoding) {
      case "hex":
        return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      case "base64":
        return btoa(binary(bytes));
      case "base64url":
        return btoa(binary(bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
      case "latin1":
      case "ascii":
        return binary(bytes);
      default:
        return new TextDecoder().decode(bytes);
    }
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, i) => byte === other[i]);
  }
}

export type Buffer = Bytes;
export const Buffer = Object.assign(Bytes, { from: Bytes.make });

function wrapped(bytes: Uint8Array): Bytes {
  return new Bytes(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
}

function bytesOf(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case "hex":
      return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    case "base64":
    case "base64url":
      return fromBinary(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
    case "latin1":
    case "ascii":
      return fromBinary(text);
    default:
      return new TextEncoder().encode(text);
  }
}

function binary(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function fromBinary(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 0xff);
}
