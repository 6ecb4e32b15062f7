/** Graphs computed again, for whoever draws them where there is no kernel. */

export {};
