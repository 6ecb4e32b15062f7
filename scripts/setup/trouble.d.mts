/** The sentence for an error of Node's file system; undefined for any other error. */
export declare function troubleOf(error: unknown): string | undefined;
/** The sentence for what a program wrote before it failed in `folder`. */
export declare function troubleIn(log: string, folder: string): string | undefined;
