/** Tells the pictures of the library from those of others, by how they paint their ground. */

/** A picture that paints its ground as the library does; others may mean their colours as they are. */
export function isOurs(source: string): boolean {
  return (
    source.includes('fill="#24292f"') && /<rect width="\d+" height="\d+" rx="6" fill="#ffffff"/.test(source)
  );
}
